import { describe, expect, it } from "@jest/globals";
import { PulseInputChecker } from "../../../sim/chaos/pulse-input-checker.js";
import { CheckerBench } from "./checker-bench.js";

describe("the pulse input's checker", () => {
  const pulses = [1, 2, 3, 4, 5].map((second) => [second, 1] as const);

  function countedBy(forward: number, reverse: number): string[] {
    const bench = new CheckerBench([...pulses, [6, -1]]);
    const { world: scheduler, input, truth, findings } = bench;
    const checker = new PulseInputChecker({ scheduler, input, truth, findings, turnabouts: 0 });
    checker.powerOn(false);
    bench.passTo(10);
    bench.counted = { ...bench.counted, forward, reverse };
    checker.powerOff();
    return bench.messages;
  }

  it("finds nothing where each pulse was counted", () => {
    expect(countedBy(5, 1)).toEqual([]);
  });

  it.each([
    [4, 1, "pulse-input: counted 4 forward pulses, between 5 and 5 were countable"],
    [6, 1, "pulse-input: counted 6 forward pulses, between 5 and 5 were countable"],
    [5, 0, "pulse-input: counted 0 reverse pulses, between 1 and 1 were countable"],
  ])("finds %d forward and %d reverse pulses where 5 and 1 passed", (forward, reverse, message) => {
    expect(countedBy(forward, reverse)).toEqual([message]);
  });
});
