import { describe, expect, it } from "@jest/globals";
import { settledBatteryYears } from "../../../sim/run/battery-life.js";
import { householdOptions, simulate } from "../../scenarios/run-meter.js";
import { sampleAt } from "./sample.js";

const day = 86_400;

describe("the estimate of a battery's years", () => {
  it("goes by the whole days after the first", () => {
    const fractions = [1, 0.5, 0.5 - 1 / 3652.5, 0.5 - 2 / 3652.5];
    const samples = fractions.map((batteryFraction, index) => sampleAt(index * day, { batteryFraction }));
    expect(settledBatteryYears(samples)).toBeCloseTo(10, 6);
  });

  it("is not given before there are two such days", () => {
    const samples = [1, 0.99, 0.98].map((batteryFraction, index) =>
      sampleAt(index * day, { batteryFraction }),
    );
    expect(settledBatteryYears(samples)).toBeUndefined();
  });

  it.each([1, 2, 3])(
    "has settled when it is given: it stays within 5 %% to the end, seed %d",
    async (seed) => {
      const simulation = simulate(householdOptions(30, seed));
      await simulation.run();
      const { midnights } = simulation.book;
      const estimates = midnights.map((_, index) => settledBatteryYears(midnights.slice(0, index + 1)));
      const given = estimates.filter((years) => years !== undefined);
      expect(given).toHaveLength(28);
      const last = given.at(-1) ?? NaN;
      for (const years of given) expect(Math.abs(years / last - 1)).toBeLessThan(0.05);
    },
  );
});
