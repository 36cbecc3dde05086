import { describe, expect, it } from "@jest/globals";
import { createHousehold, type HouseholdOptions } from "../../../../sim/world/demand/household.js";
import { Random } from "../../../../sim/kernel/random.js";
import { pulsesUntil } from "./pulses.js";

const daySeconds = 86_400;
/** 2024-01-01T00:00:00Z, a Monday. */
const newYear = 1_704_067_200;
/** 2024-07-01T00:00:00Z, a Monday. */
const july = 1_719_792_000;

function household(changes: Partial<HouseholdOptions> = {}) {
  return createHousehold({ random: new Random(1), startEpochSeconds: newYear, persons: 3, ...changes });
}

/** Litres per person and hour of the day, over a year's weekdays or weekends of three households. */
function profile(isWanted: (dayOfWeek: number) => boolean): number[] {
  const litres = new Array<number>(24).fill(0);
  for (let seed = 1; seed <= 3; seed++) {
    for (const { atMicroseconds } of pulsesUntil(household({ random: new Random(seed) }), 364 * daySeconds)) {
      const hour = Math.floor(atMicroseconds / 3600e6);
      const dayOfWeek = (1 + Math.floor(hour / 24)) % 7;
      if (isWanted(dayOfWeek)) litres[hour % 24] = (litres[hour % 24] ?? 0) + 1;
    }
  }
  const days = isWanted(0) ? 104 : 260;
  return litres.map((sum) => sum / (3 * days * 3));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("a household", () => {
  it.each([1, 2, 4])("of %i draws 120 to 135 L a person and day over a year", (persons) => {
    const perPerson = [1, 2, 3].map((seed) => {
      const year = pulsesUntil(household({ persons, random: new Random(seed) }), 365 * daySeconds);
      return year.length / 365 / persons;
    });
    expect(mean(perPerson)).toBeGreaterThan(120);
    expect(mean(perPerson)).toBeLessThan(135);
  });

  it("draws most in the morning, little by day and next to nothing at night, on a weekday", () => {
    const hours = profile((dayOfWeek) => dayOfWeek >= 1 && dayOfWeek <= 5);
    const peak = hours.indexOf(Math.max(...hours));
    expect(peak).toBeGreaterThanOrEqual(6);
    expect(peak).toBeLessThanOrEqual(8);
    expect(mean(hours.slice(0, 5))).toBeLessThan(0.15 * mean(hours));
    expect(mean(hours.slice(10, 15))).toBeLessThan(0.6 * mean(hours));
    expect(mean(hours.slice(18, 22))).toBeGreaterThan(1.2 * mean(hours));
  });

  it("gets up later at the weekend and stays at home more", () => {
    const weekday = profile((dayOfWeek) => dayOfWeek >= 1 && dayOfWeek <= 5);
    const weekend = profile((dayOfWeek) => dayOfWeek === 0 || dayOfWeek === 6);
    expect(weekend.indexOf(Math.max(...weekend))).toBeGreaterThan(weekday.indexOf(Math.max(...weekday)));
    expect(mean(weekend.slice(12, 16))).toBeGreaterThan(1.5 * mean(weekday.slice(12, 16)));
  });

  it("waters its garden in summer", () => {
    const days = 60;
    const winter = [1, 2, 3, 4, 5].map((seed) => litresIn(newYear, days, seed));
    const summer = [1, 2, 3, 4, 5].map((seed) => litresIn(july, days, seed));
    expect(mean(summer)).toBeGreaterThan(1.01 * mean(winter));
  });

  it("gives the same pulses for the same seed, other ones for another", () => {
    const week = 7 * daySeconds;
    expect(pulsesUntil(household(), week)).toEqual(pulsesUntil(household(), week));
    expect(pulsesUntil(household({ random: new Random(2) }), week)).not.toEqual(
      pulsesUntil(household(), week),
    );
  });

  it("gives a pulse at every multiple of the pulse volume, whatever that volume is", () => {
    const month = 30 * daySeconds;
    const fine = pulsesUntil(household({ litresPerPulse: 0.1 }), month);
    const coarse = pulsesUntil(household({ litresPerPulse: 10 }), month);
    expect(coarse.length).toBe(Math.floor(fine.length / 100));
    expect(coarse).toEqual(fine.filter((_, index) => index % 100 === 99));
  });

  it("lets no more through than the meter's overload flow", () => {
    const overloadFlow = 0.5;
    const pulses = pulsesUntil(household({ persons: 20, overloadFlow }), 30 * daySeconds);
    const gaps = pulses
      .slice(1)
      .map((pulse, index) => pulse.atMicroseconds - (pulses[index]?.atMicroseconds ?? 0));
    const shortestMicroseconds = 1e6 / (overloadFlow / 3.6);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.floor(shortestMicroseconds));
    expect(Math.min(...gaps)).toBeLessThan(shortestMicroseconds * 1.01);
  });

  it("lives on by the clock when the run begins in the middle of a day", () => {
    const noon = household({ startEpochSeconds: newYear + daySeconds / 2 });
    expect(noon.startEpochSeconds).toBe(newYear + daySeconds / 2);
    const pulses = pulsesUntil(noon, 60 * daySeconds);
    const inHour = (hour: number) =>
      pulses.filter(({ atMicroseconds }) => Math.floor(atMicroseconds / 3600e6 + 12) % 24 === hour).length;
    expect(inHour(7)).toBeGreaterThan(10 * inHour(3));
    expect(pulses.every(({ atMicroseconds }) => atMicroseconds > 0)).toBe(true);
  });

  it.each([
    { persons: 0 },
    { persons: 1.5 },
    { litresPerPulse: 0 },
    { litresPerPulse: NaN },
    { overloadFlow: 0 },
    { startEpochSeconds: 0.5 },
  ])("refuses %j", (changes) => {
    expect(() => household(changes)).toThrow(RangeError);
  });
});

function litresIn(startEpochSeconds: number, days: number, seed: number): number {
  const source = household({ startEpochSeconds, persons: 5, random: new Random(seed) });
  return pulsesUntil(source, days * daySeconds).length;
}
