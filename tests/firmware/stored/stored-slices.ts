import { ContactMemory } from "../../../firmware/duties/contact/contact-memory.js";
import { DutyMemory } from "../../../firmware/duties/duty-memory.js";
import { ValveMemory } from "../../../firmware/duties/valve/valve-memory.js";
import { EventBudget } from "../../../firmware/events/event-budget.js";
import { MeteringMemory } from "../../../firmware/legal/retained/metering-memory.js";
import { PowerPeriod } from "../../../firmware/legal/retained/power-period.js";
import type {
  Slice,
  SliceDeclaration,
  SliceRoom,
  SliceSource,
} from "../../../firmware/legal/retained/slice.js";
import { AccessMemory } from "../../../firmware/local/access-memory.js";
import { OwnSettingsMemory } from "../../../firmware/settings/own-settings-memory.js";
import { SettingsMemory } from "../../../firmware/settings/settings-memory.js";
import { notedLogs } from "../../../firmware/storage/logs.js";
import { RetainedSlices } from "../../../firmware/storage/retained-slices.js";
import { RegistrationMemory } from "../../../firmware/uplink/registration-memory.js";
import { FakeRetainedMemory } from "../fake-hardware.js";

/** A memory of one slice alone, which tells what is declared and which bytes a word takes. */
class OneSlice implements SliceSource {
  readonly bytes = new Uint8Array(256);
  declaration: SliceDeclaration | undefined;

  open(declaration: SliceDeclaration): SliceRoom {
    this.declaration = declaration;
    return { index: 0, offset: 0 };
  }
  wasValid(): boolean {
    return true;
  }
  touch(): void {
    // Nothing is sealed here.
  }
  save(): void {
    // Nor kept.
  }
}

/** A slice as its owner opens it, and what the owner's calls write where words alone do not show it. */
interface Owner {
  readonly open: (slices: SliceSource) => Slice;
  readonly write?: (slices: SliceSource) => void;
}

const owners: readonly Owner[] = [
  {
    open: (slices) => new PowerPeriod(slices),
    write: (slices) => {
      new PowerPeriod(slices).begin(0x01020304, { forwardPulses: 0x11223343, reversePulses: 0x55667787 });
    },
  },
  { open: (slices) => new MeteringMemory(slices) },
  { open: (slices) => new SettingsMemory(slices) },
  { open: (slices) => new AccessMemory(slices) },
  {
    open: (slices) => new DutyMemory(slices),
    write: (slices) => {
      new DutyMemory(slices).note(1, 0xa1, 0x11223344);
    },
  },
  { open: (slices) => new ContactMemory(slices) },
  { open: (slices) => new RegistrationMemory(slices) },
  { open: (slices) => new ValveMemory(slices) },
  {
    open: (slices) => new EventBudget(slices),
    write: (slices) => {
      const budget = new EventBudget(slices);
      budget.begin(0x0102);
      for (let entry = 0; entry < 20; entry++) budget.take(3);
    },
  },
  {
    open: (slices) => new OwnSettingsMemory(slices),
    write: (slices) => {
      const values: [number, number][] = [
        [13, 0x11223344],
        [14, 5],
      ];
      new OwnSettingsMemory(slices).keep(new Map(values));
    },
  },
];

/** For each slice name, version and length, and for each word where its bits are: `slice name@byte:mask…`. */
export function storedSlices(): string[] {
  return [...owners.flatMap(describe), ...storedPositions()];
}

function describe({ open, write }: Owner): string[] {
  const source = new OneSlice();
  const slice = open(source);
  const { name, version, byteLength } = source.declaration as SliceDeclaration;
  const words = settersOf(slice).map((word) => `${name} ${word} ${placeOf(source, slice, word)}`);
  source.bytes.fill(0);
  write?.(source);
  const written = write ? [`${name} by its call ${marked(source.bytes)}`] : [];
  return [`${name} version ${version}, ${byteLength} bytes`, ...words, ...written];
}

function settersOf(slice: Slice): string[] {
  const members = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(slice) as object);
  return Object.keys(members).filter((name) => members[name]?.set !== undefined);
}

/** The bytes that all bits of a word take, from the least significant one on. */
function placeOf(source: OneSlice, slice: Slice, word: string): string {
  const words = slice as unknown as Record<string, unknown>;
  source.bytes.fill(0);
  const before = words[word];
  if (typeof before === "boolean") words[word] = true;
  else if (typeof before === "string") words[word] = "abc";
  else words[word] = 1;
  const first = marked(source.bytes);
  if (typeof before === "number") words[word] = Number.MAX_SAFE_INTEGER;
  return `${first} ${marked(source.bytes)}`;
}

function marked(bytes: Uint8Array): string {
  const found = Array.from(bytes, (byte, index) => (byte === 0 ? "" : `${index}:${byte.toString(16)}`));
  return found.filter((text) => text !== "").join(" ");
}

function storedPositions(): string[] {
  const memory = new FakeRetainedMemory();
  const slices = new RetainedSlices(memory, "power-on");
  return notedLogs.flatMap((log) =>
    ([0, 1] as const).map((half) => {
      slices.bytes.fill(0);
      slices.positions(log)?.[half].note(3, 127, 0x1234, true);
      return `position of ${log} ${half} ${marked(slices.bytes)}`;
    }),
  );
}
