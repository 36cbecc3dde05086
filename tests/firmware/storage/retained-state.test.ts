import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
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
  intervalEpochSeconds: fc.nat(0xffffffff),
  hasPlainSettings: fc.boolean(),
  productIndex: fc.nat(255),
});

function saved(): FakeRetainedMemory {
  const memory = new FakeRetainedMemory();
  const state = new RetainedState(memory);
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
        Object.assign(new RetainedState(memory), expected).save();
        const { wasValid, ...rest } = new RetainedState(memory);
        expect(wasValid).toBe(true);
        expect(rest).toEqual(expected);
      }),
    );
  });

  it("keeps a ring's position with the next save", () => {
    const memory = new FakeRetainedMemory();
    const state = new RetainedState(memory);
    state.position("journal-1").note(3, 127, 0x12345678);
    state.position("delivery").note(1, 2, 9);
    state.save();
    const again = new RetainedState(memory);
    expect(again.position("journal-1")).toMatchObject({ sector: 3, nextSlot: 127, sequence: 0x5678 });
    expect(again.position("delivery")).toMatchObject({ sector: 1, nextSlot: 2, sequence: 9 });
    expect(again.position("days")).toMatchObject({ sector: 0, nextSlot: 0, sequence: 0 });
  });

  it.each([
    ["noise", undefined],
    ["zeros", 0],
    ["ones", 0xff],
  ])("starts from nothing on memory full of %s", (_, fill) => {
    const memory = new FakeRetainedMemory();
    if (fill !== undefined) memory.bytes.fill(fill);
    const { wasValid, ...rest } = new RetainedState(memory);
    expect(wasValid).toBe(false);
    expect(new Set(Object.values(rest))).toEqual(new Set([0, "", false]));
  });

  it("is either right or invalid, whichever bit of the memory turns over", () => {
    const memory = saved();
    const right = new RetainedState(memory);
    const wrong: number[] = [];
    for (let bit = 0; bit < memory.byteLength * 8; bit++) {
      const before = memory.bytes[bit >> 3] as number;
      memory.bytes[bit >> 3] = before ^ (1 << (bit & 7));
      const state = new RetainedState(memory);
      if (state.wasValid && JSON.stringify(state) !== JSON.stringify(right)) wrong.push(bit);
      memory.bytes[bit >> 3] = before;
    }
    expect(right.wasValid).toBe(true);
    expect(wrong).toEqual([]);
  });

  it("writes nothing before it is asked to save", () => {
    const memory = saved();
    const before = memory.bytes.slice();
    new RetainedState(memory).contactTicks = 1;
    expect(memory.bytes).toEqual(before);
  });

  it("gives up a registration's path that is too long, so that the meter registers anew", () => {
    const memory = new FakeRetainedMemory();
    const state = new RetainedState(memory);
    state.registrationLocation = "x".repeat(41);
    state.contactTicks = 9;
    state.save();
    const again = new RetainedState(memory);
    expect(again).toMatchObject({ wasValid: true, registrationLocation: "", contactTicks: 9 });
  });
});
