import { hash } from "node:crypto";
import { areEqual, readUnsigned } from "../../hal/base/bytes.js";
import { linkByteLength, type EventEntry } from "../../firmware/events/event-log.js";
import type { MeterRecord } from "../../firmware/legal/register/meter-record.js";
import type { Meter } from "../../firmware/meter.js";
import { require } from "./invariant.js";
import type { MeterState } from "./meter-state.js";
import type { PartitionLabel } from "./proof-board.js";
import { eventEntryOf, valueEntryOf } from "./stored-content.js";
import type { StoredLog } from "./stored-log.js";

/** More than any ring of the proof holds. */
const everything = 2000;
const linkOffset = 16;
const linkedByteLength = 28;

/** Entries that a torn program can reach, and some more: a page holds eight. */
const reachable = 40;

/** Reads the logs that a cut has reached and compares them with what the ledger knows. */
export function verifyLogs(state: MeterState, { metering, events }: Meter): void {
  const { ledger } = state;
  const compare = (label: PartitionLabel, log: StoredLog, read: (first: number) => MeterRecord[]): void => {
    const first = firstToVerify(state, label, log);
    if (first !== undefined) log.compare(read(first).map(valueEntryOf), first, ledger.restarts);
  };
  compare("intervals", ledger.intervals, (first) => metering.intervalsFrom(first, everything));
  compare("days", ledger.days, (first) => metering.daysFrom(first, everything));
  compare("months", ledger.months, (first) => metering.monthsFrom(first, everything));
  verifyEvents(state, events);
}

/** True for the partitions that a cut has reached, and in thorough runs for all that have changed. */
export function mustVerify({ board, isThorough }: MeterState, label: PartitionLabel): boolean {
  const { tornPrograms, tornErases, changes } = board.partition(label);
  return tornPrograms + tornErases > 0 || (isThorough && changes > 0);
}

/** Where to begin: a torn program is felt nearby, a torn erase anywhere. Undefined when there is nothing to verify. */
function firstToVerify(state: MeterState, label: PartitionLabel, log: StoredLog): number | undefined {
  if (!mustVerify(state, label)) return undefined;
  const isWhole = state.isThorough || state.board.partition(label).tornErases > 0;
  return isWhole ? 1 : Math.max(1, log.lastSequence - reachable);
}

function verifyEvents(state: MeterState, events: Meter["events"]): void {
  const { ledger } = state;
  const first = firstToVerify(state, "events", ledger.events);
  if (first === undefined) return;
  const entries: EventEntry[] = [];
  events.visitFrom(first, (entry) => entries.push(entry) < everything);
  ledger.events.compare(entries.map(eventEntryOf), first, ledger.restarts);
  requireChain(entries);
}

function requireChain(entries: readonly EventEntry[]): void {
  for (let index = 1; index < entries.length; index++) {
    const predecessor = entries[index - 1] as EventEntry;
    const { sequence, bytes } = entries[index] as EventEntry;
    const link = linkTo(predecessor.bytes);
    for (let offset = 0; offset < linkByteLength; offset++)
      require(bytes[linkOffset + offset] === link[offset], "chain-broken", () =>
        `event ${sequence} is not linked to event ${predecessor.sequence}`);
  }
}

/** Links by the CRC of what they link to, and that itself: the same few thousand events are looked at in every run. */
const links = new Map<number, { readonly linked: Uint8Array; readonly link: Uint8Array }>();
const mostLinks = 50_000;

function linkTo(bytes: Uint8Array): Uint8Array {
  const crc = readUnsigned(bytes, linkedByteLength, 4);
  const known = links.get(crc);
  if (known && areEqual(known.linked, bytes)) return known.link;
  if (links.size >= mostLinks) links.clear();
  const link = hash("sha256", bytes.subarray(0, linkedByteLength), "buffer");
  links.set(crc, { linked: bytes.slice(), link });
  return link;
}
