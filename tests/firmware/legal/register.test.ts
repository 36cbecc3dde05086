import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { PulseSample } from "../../../drivers/pulse-counter/pulse-counter.js";
import type { MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import { Register } from "../../../firmware/legal/register/register.js";

fc.configureGlobal({ seed: 65_536 });

const uint32 = fc.nat(0xffffffff);

function sample(forward: number, reverse = 0): PulseSample {
  const faults = {
    ...{ illegalTransitions: 0, magnetEvents: 0, magnetPresent: false },
    ...{ sensorFaults: 0, oneSided: false, wireCut: false },
  };
  return { forward: forward >>> 0, reverse: reverse >>> 0, ticks: 0, faults };
}

/** A record of the register that was written when the input showed these counts. */
function record(forwardPulses: number, reversePulses: number, forward: number, reverse: number): MeterRecord {
  return {
    sequence: 1,
    cause: "pulses",
    forwardPulses,
    reversePulses,
    epochSeconds: 0,
    timeTrust: "unset",
    inputForward: forward % 65_536,
    inputReverse: reverse % 65_536,
    valve: "none",
    magnetPresent: false,
    sensorFault: false,
    batteryLow: false,
    calibrationEpoch: 0,
  };
}

function totals({ forwardPulses, reversePulses }: Register): readonly [number, number] {
  return [forwardPulses, reversePulses];
}

describe("the register of a meter that never counted", () => {
  it("takes the input's counts whole", () => {
    const register = Register.afterPowerLoss(undefined);
    expect(totals(register)).toEqual([0, 0]);
    register.advance(sample(5, 2));
    expect(totals(register)).toEqual([5, 2]);
  });
});

describe("the register after a loss of power", () => {
  it("adds all that the input shows to the record, whatever it showed then", () => {
    const register = Register.afterPowerLoss(record(1000, 20, 777, 3));
    register.advance(sample(4, 1));
    expect(totals(register)).toEqual([1004, 21]);
  });
});

describe("the register after a record of the same power period", () => {
  it("adds what the input has counted since, wherever its counters stand", () => {
    fc.assert(
      fc.property(uint32, uint32, fc.nat(65_535), fc.nat(65_535), (forward, reverse, more, back) => {
        const now = sample(forward + more, reverse + back);
        const register = Register.afterRecord(record(1_000_000, 500, forward, reverse), now);
        register.advance(now);
        expect(totals(register)).toEqual([1_000_000 + more, 500 + back]);
      }),
    );
  });

  it("goes on over the wrap of the input's counters", () => {
    const before = sample(0xfffffffe, 0xffffffff);
    const register = Register.afterRecord(record(10, 1, 0xfffffffe, 0xffffffff), before);
    register.advance(before);
    register.advance(sample(3, 0));
    expect(totals(register)).toEqual([15, 2]);
  });
});

describe("Register", () => {
  it("sums up exactly what the input counts, over any number of wraps", () => {
    const steps = fc.array(fc.tuple(uint32, uint32), { maxLength: 30, size: "max" });
    fc.assert(
      fc.property(steps, (increments) => {
        const register = Register.afterPowerLoss(undefined);
        let forward = 0;
        let reverse = 0;
        for (const [more, back] of increments) {
          forward += more;
          reverse += back;
          register.advance(sample(forward % 2 ** 32, reverse % 2 ** 32));
          expect(totals(register)).toEqual([forward, reverse]);
        }
      }),
    );
  });

  it("does not move when the input has not", () => {
    const register = Register.afterPowerLoss(record(7, 7, 0, 0));
    register.advance(sample(9, 3));
    register.advance(sample(9, 3));
    expect(totals(register)).toEqual([16, 10]);
  });

  it("stays exact far beyond 32 bits", () => {
    const register = Register.afterPowerLoss(record(2 ** 53 - 10, 2 ** 40 - 10, 0, 0));
    register.advance(sample(9, 9));
    expect(totals(register)).toEqual([2 ** 53 - 1, 2 ** 40 - 1]);
  });
});
