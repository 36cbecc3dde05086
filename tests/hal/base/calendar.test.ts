import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { dayOfMonth } from "../../../hal/base/calendar.js";

fc.configureGlobal({ seed: 1582 });

function expectedDay(epochSeconds: number): number {
  return new Date(epochSeconds * 1000).getUTCDate();
}

describe("the day of the month", () => {
  it("agrees with the engine's calendar at any second that a meter can tell", () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (epochSeconds) => {
        expect(dayOfMonth(epochSeconds)).toBe(expectedDay(epochSeconds));
      }),
      { numRuns: 1000 },
    );
  });

  it("agrees with it at every midnight of the years 1970 to 2105, and a second before", () => {
    const wrong: number[] = [];
    for (let midnight = 86_400; midnight <= 0xffffffff; midnight += 86_400)
      for (const epochSeconds of [midnight, midnight - 1])
        if (dayOfMonth(epochSeconds) !== expectedDay(epochSeconds)) wrong.push(epochSeconds);
    expect(wrong).toEqual([]);
  });

  it.each([
    ["1970-01-01T00:00:00Z", 1],
    ["2024-02-29T23:59:59Z", 29],
    ["2024-03-01T00:00:00Z", 1],
    ["2026-02-28T12:00:00Z", 28],
    ["2026-03-01T00:00:00Z", 1],
    ["2100-02-28T23:59:59Z", 28],
    ["2100-03-01T00:00:00Z", 1],
    ["2000-02-29T00:00:00Z", 29],
    ["2025-12-31T23:59:59Z", 31],
  ])("of %s is %d", (date, day) => {
    expect(dayOfMonth(Date.parse(date) / 1000)).toBe(day);
  });
});
