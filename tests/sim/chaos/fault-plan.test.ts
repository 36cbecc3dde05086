import { describe, expect, it } from "@jest/globals";
import { allFaults, defaultChaosOptions, faultKinds } from "../../../sim/chaos/chaos-options.js";
import { planFaults } from "../../../sim/chaos/fault-plan.js";
import type { FaultPlan } from "../../../sim/chaos/planned-fault.js";

const daySeconds = 86_400;
const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

function plan(seed: number, days = 30, selection = allFaults): FaultPlan {
  return planFaults(seed, days, defaultChaosOptions, selection);
}

function countOf({ counts }: FaultPlan): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

describe("the plan of faults", () => {
  it("follows from the seed alone", () => {
    for (const seed of seeds) expect(plan(seed)).toEqual(plan(seed));
    expect(plan(1)).not.toEqual(plan(2));
  });

  it("keeps every other fault when a kind is left out", () => {
    for (const seed of seeds.slice(0, 10)) {
      const whole = plan(seed);
      for (const left of faultKinds) {
        const { faults, outages } = plan(seed, 30, new Set(faultKinds.filter((kind) => kind !== left)));
        expect(faults).toEqual(whole.faults.filter(({ kind }) => kind !== left));
        expect(outages).toEqual(left === "outages" ? [] : whole.outages);
      }
    }
  });

  it("of a shorter run begins as that of a longer one", () => {
    for (const seed of seeds) {
      const short = plan(seed, 12);
      const { faults } = plan(seed, 30);
      expect(short.faults).toEqual(faults.filter(({ atSeconds }) => atSeconds < 8 * daySeconds));
    }
  });

  it("leaves the last four days in peace", () => {
    for (const seed of seeds) {
      const { faults, outages, faultsEndSeconds } = plan(seed);
      expect(faultsEndSeconds).toBe(26 * daySeconds);
      for (const { atSeconds } of faults) expect(atSeconds).toBeLessThan(faultsEndSeconds);
      for (const { toSeconds } of outages) expect(toSeconds).toBeLessThanOrEqual(faultsEndSeconds);
    }
  });

  it("lasts to the end of a run too short to converge", () => {
    expect(plan(1, 5).faultsEndSeconds).toBe(5 * daySeconds);
  });

  it("is gentle for some seeds and brutal for others, and knows every kind", () => {
    const plans = seeds.map((seed) => plan(seed));
    const counts = plans.map(countOf);
    expect(Math.min(...counts)).toBeLessThan(20);
    expect(Math.max(...counts)).toBeGreaterThan(200);
    for (const kind of faultKinds) {
      const having = plans.filter((each) => (each.counts.get(kind) ?? 0) > 0).length;
      expect(having).toBeGreaterThan(3);
      expect(having).toBeLessThan(seeds.length - 3);
    }
  });
});
