import { describe, expect, it } from "@jest/globals";
import { RealTimeClock } from "../../../sim/chip/board/real-time-clock.js";
import { ClockWitness } from "../../../sim/chaos/clock-witness.js";
import { World } from "../../../sim/kernel/world.js";

const start = 1_767_225_600;
const network = 2;

class Bench {
  readonly world = new World();
  readonly clock: RealTimeClock;
  readonly witness: ClockWitness;

  constructor(driftPartsPerMillion = 0) {
    this.clock = new RealTimeClock(this.world, driftPartsPerMillion);
    this.witness = new ClockWitness(this.clock, this.world, start, 3600);
  }

  setAhead(seconds: number): void {
    this.witness.beforeChange();
    this.clock.set((start + seconds) * 1000 + this.world.nowMicroseconds / 1000, network);
    this.witness.afterChange();
  }

  pass(seconds: number): void {
    this.world.schedule(seconds * 1e6, () => undefined);
    this.world.step();
  }
}

describe("the clock witness", () => {
  it("excuses no date of a clock that is right", () => {
    const bench = new Bench();
    bench.setAhead(0);
    bench.pass(7200);
    expect(bench.witness.mayHaveErred(start + 3600)).toBe(false);
  });

  it("excuses the dates that a clock showed while it was ahead, and no others", () => {
    const bench = new Bench();
    bench.setAhead(1_000_000);
    bench.pass(600);
    bench.setAhead(0);
    bench.pass(86_400);
    expect(bench.witness.mayHaveErred(start + 1_000_300)).toBe(true);
    expect(bench.witness.mayHaveErred(start + 1_000_900)).toBe(false);
    expect(bench.witness.mayHaveErred(start + 40_000)).toBe(false);
  });

  it("excuses what a drifting crystal has carried too far", () => {
    const bench = new Bench(100);
    bench.setAhead(0);
    bench.pass(10 * 86_400);
    expect(bench.witness.errorSeconds).toBeCloseTo(86.4, 1);
    expect(bench.witness.mayHaveErred(start + 10 * 86_400)).toBe(true);
  });

  it("knows no error while the meter has no date", () => {
    expect(new Bench().witness.errorSeconds).toBeUndefined();
  });
});
