import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { crc32 } from "../../../hal/base/bytes.js";
import { RetainedState } from "../../../firmware/storage/retained-state.js";
import { FakeRetainedMemory } from "../fake-hardware.js";

fc.configureGlobal({ seed: 128 });

const ticks = fc.maxSafeInteger().map(Math.abs);
const values = fc.record({
  firstSequence: fc.nat(0xffffffff),
  checkpointTicks: ticks,
  contactTicks: ticks,
  contactAttempts: fc.nat(24),
  reportDay: fc.nat(0xffffffff),
  registrationLocation: fc.string({ unit: "binary-ascii", maxLength: 40 }),
  registrationUntilTicks: ticks,
  valveTicks: ticks,
  valveAttempts: fc.nat(255),
  isJournalFailing: fc.boolean(),
  intervalEpochSeconds: fc.nat(0xffffffff),
  recordedDay: fc.nat(0xffff),
  hasPlainSettings: fc.boolean(),
  isMagnetKnown: fc.boolean(),
  isBatteryLowKnown: fc.boolean(),
  knownSensorFaults: fc.nat(0xffffffff),
  knownMagnetEvents: fc.nat(0xffffffff),
  productIndex: fc.nat(255),
  serialNumber: fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 16,
  }),
  calibrationEpoch: fc.nat(255),
  isInProduction: fc.boolean(),
  unlockedUntilTicks: ticks,
  refusedTicks: ticks,
  serviceValveMoves: fc.nat(255),
  // Behind the serial number, which takes it back.
  serialNumberCrc: fc.nat(0xffffffff),
  basePulses: fc.option(
    fc.record({ forwardPulses: fc.nat({ max: 2 ** 53 - 1 }), reversePulses: fc.nat({ max: 2 ** 40 - 1 }) }),
    { nil: undefined },
  ),
});

/** Every value of a state that can be set, by name. */
function valuesOf(state: RetainedState) {
  return {
    firstSequence: state.firstSequence,
    basePulses: state.basePulses,
    checkpointTicks: state.checkpointTicks,
    contactTicks: state.contactTicks,
    contactAttempts: state.contactAttempts,
    reportDay: state.reportDay,
    registrationLocation: state.registrationLocation,
    registrationUntilTicks: state.registrationUntilTicks,
    valveTicks: state.valveTicks,
    valveAttempts: state.valveAttempts,
    isJournalFailing: state.isJournalFailing,
    isMagnetKnown: state.isMagnetKnown,
    isBatteryLowKnown: state.isBatteryLowKnown,
    knownMagnetEvents: state.knownMagnetEvents,
    knownSensorFaults: state.knownSensorFaults,
    intervalEpochSeconds: state.intervalEpochSeconds,
    recordedDay: state.recordedDay,
    serialNumberCrc: state.serialNumberCrc,
    hasPlainSettings: state.hasPlainSettings,
    productIndex: state.productIndex,
    serialNumber: state.serialNumber,
    calibrationEpoch: state.calibrationEpoch,
    isInProduction: state.isInProduction,
    unlockedUntilTicks: state.unlockedUntilTicks,
    refusedTicks: state.refusedTicks,
    serviceValveMoves: state.serviceValveMoves,
  };
}

function saved(): FakeRetainedMemory {
  const memory = new FakeRetainedMemory();
  const state = new RetainedState(memory, "timer");
  state.firstSequence = 7;
  state.contactTicks = 123_456;
  state.registrationLocation = "rd/5a3f";
  state.save();
  return memory;
}

describe("RetainedState", () => {
  it("gives back what was saved", () => {
    fc.assert(
      fc.property(values, (expected) => {
        const memory = new FakeRetainedMemory();
        Object.assign(new RetainedState(memory, "timer"), expected).save();
        const state = new RetainedState(memory, "timer");
        expect([state.wasValid, state.isPeriodKnown]).toEqual([true, true]);
        expect(valuesOf(state)).toEqual(expected);
      }),
    );
  });

  it("keeps the positions of a log's two rings with the next save, for the run after a sleep", () => {
    const memory = new FakeRetainedMemory();
    const state = new RetainedState(memory, "power-on");
    state.positions("journal")[1].note(3, 127, 0x12345678, true);
    state.positions("delivery")[0].note(1, 2, 9, false);
    expect(new RetainedState(memory, "timer").positions("journal")[1].nextSlot).toBe(0);
    state.save();
    for (const cause of ["timer", "pulses", "service"] as const) {
      const again = new RetainedState(memory, cause);
      expect(again.positions("journal")[1]).toMatchObject({
        sector: 3,
        nextSlot: 127,
        sequence: 0x5678,
        isNextPrepared: true,
      });
      expect(again.positions("delivery")[0]).toMatchObject({ sector: 1, nextSlot: 2, sequence: 9 });
      expect(again.positions("delivery")[1]).toMatchObject({ sector: 0, nextSlot: 0, sequence: 0 });
      expect(again.positions("events")[0]).toMatchObject({ sector: 0, nextSlot: 0, sequence: 0 });
    }
  });

  it("forgets the positions after a reset, which may have cut a write short", () => {
    const memory = new FakeRetainedMemory();
    const state = new RetainedState(memory, "power-on");
    state.positions("journal")[0].note(3, 127, 5, false);
    state.contactTicks = 77;
    state.save();
    for (const cause of ["brown-out", "watchdog", "software"] as const) {
      const again = new RetainedState(memory, cause);
      expect(again.positions("journal")[0].nextSlot).toBe(0);
      expect(again).toMatchObject({ wasValid: true, contactTicks: 77 });
    }
  });

  it("believes nothing after a loss of power, though the memory happens to hold all of it", () => {
    const memory = saved();
    const state = new RetainedState(memory, "timer");
    state.positions("journal")[0].note(3, 127, 5, false);
    state.save();
    const again = new RetainedState(memory, "power-on");
    expect([again.wasValid, again.isPeriodKnown]).toEqual([false, false]);
    expect(new Set(Object.values(valuesOf(again)))).toEqual(new Set([0, "", false, undefined]));
    expect(new RetainedState(memory, "power-on").positions("journal")[0].nextSlot).toBe(0);
  });

  it("knows the power period even when all else is damaged, and all else when the period is", () => {
    const memory = saved();
    const whole = memory.bytes.slice();
    memory.bytes.fill(0x5a, 0, 160);
    const period = new RetainedState(memory, "watchdog");
    expect(period).toMatchObject({ wasValid: false, isPeriodKnown: true, firstSequence: 7, contactTicks: 0 });
    memory.bytes = whole;
    memory.bytes.fill(0x5a, 160);
    const rest = new RetainedState(memory, "watchdog");
    expect(rest).toMatchObject({
      wasValid: true,
      isPeriodKnown: false,
      firstSequence: 0,
      contactTicks: 123_456,
    });
  });

  it.each([
    ["noise", undefined],
    ["zeros", 0],
    ["ones", 0xff],
  ])("starts from nothing on memory full of %s", (_, fill) => {
    const memory = new FakeRetainedMemory();
    if (fill !== undefined) memory.bytes.fill(fill);
    const state = new RetainedState(memory, "timer");
    expect([state.wasValid, state.isPeriodKnown]).toEqual([false, false]);
    expect(new Set(Object.values(valuesOf(state)))).toEqual(new Set([0, "", false, undefined]));
  });

  it("is either right or invalid, whichever bit of the memory turns over", () => {
    const memory = saved();
    const right = new RetainedState(memory, "timer");
    const { firstSequence: rightSequence, ...rightRest } = valuesOf(right);
    const wrong: number[] = [];
    for (let bit = 0; bit < memory.byteLength * 8; bit++) {
      const before = memory.bytes[bit >> 3] as number;
      memory.bytes[bit >> 3] = before ^ (1 << (bit & 7));
      const state = new RetainedState(memory, "timer");
      const { wasValid, isPeriodKnown } = state;
      const { firstSequence, ...rest } = valuesOf(state);
      if (wasValid && JSON.stringify(rest) !== JSON.stringify(rightRest)) wrong.push(bit);
      if (firstSequence !== (isPeriodKnown ? rightSequence : 0)) wrong.push(bit);
      if (!wasValid && !isPeriodKnown) wrong.push(bit);
      memory.bytes[bit >> 3] = before;
    }
    expect([right.wasValid, right.isPeriodKnown]).toEqual([true, true]);
    expect(wrong).toEqual([]);
  });

  it.each([0, 1, 2])("starts from nothing on what another version has left (byte %d)", (index) => {
    const memory = saved();
    memory.bytes[index] = 0xee;
    const view = new DataView(memory.bytes.buffer);
    const crc = crc32(memory.bytes, 152);
    view.setUint32(152, crc, true);
    view.setUint32(156, ~crc >>> 0, true);
    const state = new RetainedState(memory, "timer");
    expect(state).toMatchObject({ wasValid: false, contactTicks: 0, registrationLocation: "" });
    // The power period has a form of its own, which no version may change.
    expect(state).toMatchObject({ isPeriodKnown: true, firstSequence: 7 });
  });

  it("keeps a registration's path of 40 characters whole", () => {
    const memory = new FakeRetainedMemory();
    const state = new RetainedState(memory, "timer");
    state.registrationLocation = "rd/".padEnd(40, "7");
    state.save();
    expect(new RetainedState(memory, "timer").registrationLocation).toBe("rd/".padEnd(40, "7"));
  });

  it("writes nothing before it is asked to save", () => {
    const memory = saved();
    const before = memory.bytes.slice();
    new RetainedState(memory, "timer").contactTicks = 1;
    expect(memory.bytes).toEqual(before);
  });

  it("gives up a registration's path that is too long, so that the meter registers anew", () => {
    const memory = new FakeRetainedMemory();
    const state = new RetainedState(memory, "timer");
    state.registrationLocation = "x".repeat(41);
    state.contactTicks = 9;
    state.save();
    const again = new RetainedState(memory, "timer");
    expect(again).toMatchObject({ wasValid: true, registrationLocation: "", contactTicks: 9 });
  });
});
