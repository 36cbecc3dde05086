import { describe, expect, it } from "@jest/globals";
import { RealTimeClock } from "../../../sim/chip/board/real-time-clock.js";
import { ClockWitness } from "../../../sim/chaos/clock-witness.js";
import { HeadEndChecker } from "../../../sim/chaos/head-end-checker.js";
import type { HeadEndFaultKind } from "../../../sim/head-end/fault.js";
import { CheckerBench, start } from "./checker-bench.js";

describe("the head-end's checker", () => {
  /** A meter's clock was a day ahead until its first hour was over. */
  function complain(kind: HeadEndFaultKind, date: number): { messages: string[]; excused: number } {
    const bench = new CheckerBench();
    const clock = new RealTimeClock(bench.world, 0);
    const witness = new ClockWitness(clock, bench.world, start, 3600);
    clock.set((start + 86_400) * 1000, 2);
    witness.afterChange();
    bench.passTo(3600);
    witness.beforeChange();
    clock.set((start + 3600) * 1000, 2);
    witness.afterChange();
    const checker = new HeadEndChecker(witness, bench.findings);
    checker.onFault({ kind, source: "meter", text: "so it is", dates: [date] });
    return { messages: bench.messages, excused: checker.excused };
  }

  it("excuses dates that a wrong clock has shown", () => {
    expect(complain("future-date", start + 86_400 + 60)).toEqual({ messages: [], excused: 1 });
  });

  it("finds complaints of dates that no clock has shown", () => {
    expect(complain("order", start + 40_000)).toEqual({ messages: ["head-end: so it is"], excused: 0 });
  });

  it.each(["protocol", "overlap", "altered-repeat"] as const)(
    "finds a complaint of %s, whatever the dates",
    (kind) => {
      expect(complain(kind, start + 86_400 + 60).messages).toEqual(["head-end: so it is"]);
    },
  );
});
