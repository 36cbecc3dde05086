import { describe, expect, it } from "@jest/globals";
import {
  createGasHousehold,
  type GasHouseholdOptions,
  kilowattHoursOf,
} from "../../../../sim/world/demand/gas-household.js";
import { Random } from "../../../../sim/kernel/random.js";
import { pulsesUntil } from "./pulses.js";

const daySeconds = 86_400;
const litresPerPulse = 10;
/** 2024-01-01T00:00:00Z, a Monday. */
const newYear = 1_704_067_200;
/** 2024-07-01T00:00:00Z, a Monday. */
const july = 1_719_792_000;

function household(changes: Partial<GasHouseholdOptions> = {}) {
  return createGasHousehold({ random: new Random(1), startEpochSeconds: newYear, persons: 3, ...changes });
}

function kilowattHours(days: number, changes: Partial<GasHouseholdOptions> = {}): number {
  return kilowattHoursOf((pulsesUntil(household(changes), days * daySeconds).length * litresPerPulse) / 1000);
}

function meanOverSeeds(measure: (random: Random) => number): number {
  const seeds = [1, 2, 3, 4, 5];
  return seeds.reduce((sum, seed) => sum + measure(new Random(seed)), 0) / seeds.length;
}

describe("a household with gas", () => {
  it("of two or three burns about the 12,000 kWh a year that Ofgem calls medium", () => {
    const year = (persons: number) => meanOverSeeds((random) => kilowattHours(365, { persons, random }));
    expect((year(2) + year(3)) / 2).toBeGreaterThan(11_400);
    expect((year(2) + year(3)) / 2).toBeLessThan(12_600);
  });

  it("burns in July what hot water and cooking take, and several times as much in January", () => {
    const january = meanOverSeeds((random) => kilowattHours(28, { random })) / 28;
    const summer = meanOverSeeds((random) => kilowattHours(28, { random, startEpochSeconds: july })) / 28;
    // 124 L of hot water are 6.7 kWh of gas.
    expect(summer).toBeGreaterThan(6);
    expect(summer).toBeLessThan(11);
    expect(january).toBeGreaterThan(4 * summer);
  });

  it("takes more hot water with more persons, and no more heat", () => {
    const summerOf = (persons: number) =>
      meanOverSeeds((random) => kilowattHours(28, { random, persons, startEpochSeconds: july })) / 28;
    // 28 L a day and person are 1.5 kWh.
    expect(summerOf(4) - summerOf(1)).toBeGreaterThan(3.5);
    expect(summerOf(4) - summerOf(1)).toBeLessThan(5.5);
  });

  it("heats in the morning and in the evening of a working day, and not at night", () => {
    const hours = new Array<number>(24).fill(0);
    for (const { atMicroseconds } of pulsesUntil(household(), 5 * daySeconds)) {
      const hour = Math.floor(atMicroseconds / 3600e6) % 24;
      hours[hour] = (hours[hour] ?? 0) + 1;
    }
    const sum = (from: number, to: number) => hours.slice(from, to).reduce((all, pulses) => all + pulses, 0);
    expect(sum(7, 9) / 2).toBeGreaterThan(3 * (sum(9, 16) / 7));
    expect(sum(16, 23) / 7).toBeGreaterThan(3 * (sum(9, 16) / 7));
    expect(sum(0, 5) / 5).toBeLessThan(0.05 * (sum(16, 23) / 7));
  });

  it("gives the same pulses for the same seed, other ones for another", () => {
    const week = 7 * daySeconds;
    expect(pulsesUntil(household(), week)).toEqual(pulsesUntil(household(), week));
    expect(pulsesUntil(household({ random: new Random(2) }), week)).not.toEqual(
      pulsesUntil(household(), week),
    );
  });

  it("lets no more through than the meter's largest flow", () => {
    const overloadFlow = 1;
    const pulses = pulsesUntil(household({ persons: 20, overloadFlow }), 14 * daySeconds);
    const gaps = pulses
      .slice(1)
      .map((pulse, index) => pulse.atMicroseconds - (pulses[index]?.atMicroseconds ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(
      Math.floor((litresPerPulse / 1000 / overloadFlow) * 3600e6),
    );
  });

  it.each([
    { persons: 0 },
    { persons: 2.5 },
    { litresPerPulse: 0 },
    { overloadFlow: NaN },
    { startEpochSeconds: 0.5 },
  ])("refuses %j", (changes) => {
    expect(() => household(changes)).toThrow(RangeError);
  });
});
