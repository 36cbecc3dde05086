import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ContactMemory } from "../../../firmware/duties/contact/contact-memory.js";
import { DutyMemory, mostDuties } from "../../../firmware/duties/duty-memory.js";
import { ValveMemory } from "../../../firmware/duties/valve/valve-memory.js";
import { MeteringMemory } from "../../../firmware/legal/retained/metering-memory.js";
import { PowerPeriod } from "../../../firmware/legal/retained/power-period.js";
import type { SliceDeclaration } from "../../../firmware/legal/retained/slice.js";
import { AccessMemory } from "../../../firmware/local/access-memory.js";
import { SettingsMemory } from "../../../firmware/settings/settings-memory.js";
import { retainedRooms } from "../../../firmware/storage/retained-rooms.js";
import { RetainedSlices } from "../../../firmware/storage/retained-slices.js";
import { RegistrationMemory } from "../../../firmware/uplink/registration-memory.js";
import { retainedByteLength } from "../../../sim/chip/boundary/port.js";
import { FakeRetainedMemory } from "../fake-hardware.js";

fc.configureGlobal({ seed: 128 });

const ticks = fc.maxSafeInteger().map(Math.abs);
const u32 = fc.nat(0xffffffff);
const u8 = fc.nat(255);
const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const printable = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code));

/** What each owner keeps, by the names of its properties. */
const owned = {
  metering: {
    open: (slices: RetainedSlices): object => new MeteringMemory(slices),
    values: fc.record({
      checkpointTicks: ticks,
      isJournalFailing: fc.boolean(),
      isMagnetKnown: fc.boolean(),
      isBatteryLowKnown: fc.boolean(),
      knownMagnetEvents: u32,
      knownSensorFaults: u32,
      intervalEpochSeconds: u32,
      recordedDay: fc.nat(0xffff),
    }),
  },
  settings: {
    open: (slices: RetainedSlices): object => new SettingsMemory(slices),
    values: fc.record({
      hasPlainSettings: fc.boolean(),
      hasOwnSettings: fc.boolean(),
      productIndex: u8,
      calibrationEpoch: u8,
      serialNumber: fc.string({ unit: printable, maxLength: 16 }),
      // Behind the serial number, which takes it back.
      serialNumberCrc: u32,
    }),
  },
  access: {
    open: (slices: RetainedSlices): object => new AccessMemory(slices),
    values: fc.record({
      isInProduction: fc.boolean(),
      unlockedUntilTicks: ticks,
      refusedTicks: ticks,
      valveMoves: u8,
    }),
  },
  contact: {
    open: (slices: RetainedSlices): object => new ContactMemory(slices),
    values: fc.record({ ticks, attempts: u8, reportDay: u32, failedDays: u8 }),
  },
  registration: {
    open: (slices: RetainedSlices): object => new RegistrationMemory(slices),
    values: fc.record({ location: fc.string({ unit: visible, maxLength: 40 }), untilTicks: ticks }),
  },
  valve: {
    open: (slices: RetainedSlices): object => new ValveMemory(slices),
    values: fc.record({ ticks, attempts: u8 }),
  },
} as const;
const owners: [string, { open: (slices: RetainedSlices) => object; values: fc.Arbitrary<object> }][] =
  Object.entries(owned);

/** A memory in which two owners and the power period have left something. */
function saved(): FakeRetainedMemory {
  const memory = new FakeRetainedMemory();
  const slices = new RetainedSlices(memory, "power-on");
  new PowerPeriod(slices).begin(7, { forwardPulses: 70, reversePulses: 3 });
  new ContactMemory(slices).ticks = 123_456;
  new RegistrationMemory(slices).location = "rd/5a3f";
  slices.save();
  return memory;
}

/** What `saved` left, as a later run finds it; undefined for what is void. */
function found(memory: FakeRetainedMemory) {
  const slices = new RetainedSlices(memory, "watchdog");
  const period = new PowerPeriod(slices);
  const contact = new ContactMemory(slices);
  return {
    period: period.isKnown ? [period.firstSequence, period.basePulses] : undefined,
    contact: contact.wasValid ? contact.ticks : undefined,
    registration: new RegistrationMemory(slices).location,
  };
}

const whole = {
  period: [7, { forwardPulses: 70, reversePulses: 3 }],
  contact: 123_456,
  registration: "rd/5a3f",
};

function offsetOf(name: string): number {
  return retainedRooms[name]?.offset ?? NaN;
}

describe.each(owners)("the slice of %s", (_name, { open, values }) => {
  it("gives back what was saved", () => {
    fc.assert(
      fc.property(values, (expected) => {
        const memory = new FakeRetainedMemory();
        const slices = new RetainedSlices(memory, "power-on");
        Object.assign(open(slices), expected);
        slices.save();
        expect(open(new RetainedSlices(memory, "timer"))).toMatchObject(expected);
      }),
    );
  });

  it.each([
    ["noise", undefined],
    ["zeros", 0],
    ["ones", 0xff],
  ])("starts from nothing on memory full of %s", (_, fill) => {
    const memory = new FakeRetainedMemory();
    if (fill !== undefined) memory.bytes.fill(fill);
    const expected = open(new RetainedSlices(new FakeRetainedMemory(), "power-on"));
    const names = Object.keys(fc.sample(values, 1)[0] as object);
    const some = open(new RetainedSlices(memory, "timer")) as Record<string, unknown>;
    for (const name of names) expect(some[name]).toEqual((expected as Record<string, unknown>)[name]);
  });
});

describe("retained memory", () => {
  it("has the rooms one behind the other, and holds all of them", () => {
    let end = 0;
    for (const [name, { offset, byteLength }] of Object.entries(retainedRooms)) {
      expect([name, offset]).toEqual([name, end]);
      end += byteLength;
    }
    expect(end).toBeLessThanOrEqual(retainedByteLength);
  });

  it("refuses a slice without a room, and one that has outgrown its room", () => {
    const slices = new RetainedSlices(new FakeRetainedMemory(), "timer");
    const open = (name: string, byteLength: number) => () => slices.open({ name, version: 1, byteLength });
    expect(open("weather", 4)).toThrow(new RangeError("retained memory has no room for a slice weather"));
    expect(open("valve", 28)).toThrow(new RangeError("the slice valve does not fit into its 32 bytes"));
  });

  it("gives out the same slice as often as it is asked for in a run", () => {
    const slices = new RetainedSlices(new FakeRetainedMemory(), "timer");
    new ValveMemory(slices).attempts = 3;
    expect(new ValveMemory(slices).attempts).toBe(3);
  });

  it("leaves a slice that nobody opens as it is", () => {
    const memory = saved();
    new RetainedSlices(memory, "timer").save();
    expect(found(memory)).toEqual(whole);
  });

  it("writes nothing before it is asked to save", () => {
    const memory = saved();
    const before = memory.bytes.slice();
    new ContactMemory(new RetainedSlices(memory, "timer")).ticks = 1;
    expect(memory.bytes).toEqual(before);
  });

  it("believes nothing after a loss of power, though it happens to hold all of it", () => {
    const slices = new RetainedSlices(saved(), "power-on");
    expect(new PowerPeriod(slices).isKnown).toBe(false);
    expect(new ContactMemory(slices)).toMatchObject({ wasValid: false, ticks: 0 });
    expect(new RegistrationMemory(slices).location).toBe("");
  });

  it("leaves nothing of the time before to a reset that comes before anything is saved", () => {
    const memory = saved();
    new RetainedSlices(memory, "power-on");
    expect(new PowerPeriod(new RetainedSlices(memory, "brown-out")).isKnown).toBe(false);
  });

  it.each([
    ["power-period", { period: undefined }],
    ["contact", { contact: undefined }],
    ["registration", { registration: "" }],
  ])("loses %s alone when its room is damaged, or written by another version", (name, lost) => {
    const damaged = saved();
    const offset = offsetOf(name);
    damaged.bytes.fill(0x5a, offset, offset + 8);
    expect(found(damaged)).toEqual({ ...whole, ...lost });
  });

  it("voids what another version of one slice has left, and leaves the others", () => {
    const memory = saved();
    const declaration: SliceDeclaration = { name: "contact", version: 2, byteLength: 12 };
    const slices = new RetainedSlices(memory, "timer");
    const room = slices.open(declaration);
    const content = slices.bytes.subarray(room.offset, room.offset + 12);
    expect([slices.wasValid(room), new Set(content)]).toEqual([false, new Set([0])]);
    slices.save();
    expect(found(memory)).toEqual({ ...whole, contact: undefined });
  });

  it("refuses a second owner of one name, whose idea of what stands where may be another", () => {
    const slices = new RetainedSlices(saved(), "timer");
    slices.open({ name: "contact", version: 1, byteLength: 12 });
    expect(() => new ContactMemory(slices)).toThrow("the slice contact has another owner");
  });

  it("is either right or void, whichever bit turns over", () => {
    const memory = saved();
    const wrong: number[] = [];
    for (let bit = 0; bit < memory.byteLength * 8; bit++) {
      memory.bytes[bit >> 3] = (memory.bytes[bit >> 3] as number) ^ (1 << (bit & 7));
      const { period, contact, registration } = found(memory);
      if (period && JSON.stringify(period) !== JSON.stringify(whole.period)) wrong.push(bit);
      if (contact !== undefined && contact !== whole.contact) wrong.push(bit);
      if (registration !== "" && registration !== whole.registration) wrong.push(bit);
      const lost = [!period, contact === undefined, registration === ""].filter(Boolean).length;
      if (lost > 1) wrong.push(bit);
      memory.bytes[bit >> 3] = (memory.bytes[bit >> 3] as number) ^ (1 << (bit & 7));
    }
    expect(wrong).toEqual([]);
  });

  it("gives up a registration's path that is too long, so that the meter registers anew", () => {
    const memory = new FakeRetainedMemory();
    const slices = new RetainedSlices(memory, "timer");
    new RegistrationMemory(slices).location = "x".repeat(41);
    slices.save();
    expect(new RegistrationMemory(new RetainedSlices(memory, "timer")).location).toBe("");
  });

  it("keeps the rests of as many duties as there is place for", () => {
    const memory = new FakeRetainedMemory();
    const slices = new RetainedSlices(memory, "timer");
    const duties = new DutyMemory(slices);
    for (let index = 0; index < mostDuties; index++) duties.note(index, index + 250, 2 ** 48 + index);
    slices.save();
    const again = new DutyMemory(new RetainedSlices(memory, "timer"));
    for (let index = 0; index < mostDuties; index++)
      expect([again.failures(index), again.restUntilTicks(index)]).toEqual([
        Math.min(255, index + 250),
        2 ** 48 + index,
      ]);
  });
});

describe("the positions of the logs", () => {
  it("are kept with the next save, for the run after a sleep", () => {
    const memory = new FakeRetainedMemory();
    const slices = new RetainedSlices(memory, "power-on");
    slices.positions("journal")?.[1].note(3, 127, 0x12345678, true);
    slices.positions("delivery")?.[0].note(1, 2, 9, false);
    expect(new RetainedSlices(memory, "timer").positions("journal")?.[1].nextSlot).toBe(0);
    slices.save();
    for (const cause of ["timer", "pulses", "service"] as const) {
      const again = new RetainedSlices(memory, cause);
      expect(again.positions("journal")?.[1]).toMatchObject({
        ...{ sector: 3, nextSlot: 127, sequence: 0x5678, isNextPrepared: true },
      });
      expect(again.positions("delivery")?.[0]).toMatchObject({ sector: 1, nextSlot: 2, sequence: 9 });
      expect(again.positions("events")?.[0]).toMatchObject({ sector: 0, nextSlot: 0, sequence: 0 });
    }
  });

  it("are forgotten after a reset, which may have cut a write short, and nothing else is", () => {
    const memory = saved();
    const slices = new RetainedSlices(memory, "timer");
    slices.positions("journal")?.[0].note(3, 127, 5, false);
    slices.save();
    for (const cause of ["brown-out", "watchdog", "software"] as const)
      expect(new RetainedSlices(memory, cause).positions("journal")?.[0].nextSlot).toBe(0);
    expect(found(memory)).toEqual(whole);
  });

  it("are not kept for the log of failures", () => {
    expect(new RetainedSlices(new FakeRetainedMemory(), "timer").positions("failures")).toBeUndefined();
  });
});
