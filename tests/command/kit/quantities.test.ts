import { describe, expect, it } from "@jest/globals";

import {
  bytesText,
  countOf,
  cubicMetresText,
  daysText,
  durationText,
  factorText,
  timeText,
} from "../../../command/kit/quantities.js";

describe("quantities", () => {
  it.each([
    [0, "0 s"],
    [59.6, "1 min"],
    [61, "1 min 1 s"],
    [3600, "1 h"],
    [15_060, "4 h 11 min"],
    [90_000, "1 day 1 h"],
    [3 * 86_400, "3 days"],
    [365.25 * 86_400, "1 year"],
    [800 * 86_400, "2 years 69 days"],
    [-5, "0 s"],
  ])("a duration of %d s reads %s", (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it.each([
    [86_400, "1 day"],
    [43_200, "0.5 days"],
    [365 * 86_400, "365 days"],
    [36_525 * 86_400, "36,525 days"],
  ])("a run of %d s reads %s", (seconds, text) => {
    expect(daysText(seconds)).toBe(text);
  });

  it("volumes are shown to the litre whatever the pulse weight", () => {
    expect(cubicMetresText(13_123, 158)).toBe("2.073");
    expect(cubicMetresText(13_123, 1000)).toBe("13.123");
  });

  it("times are UTC to the second", () => {
    expect(timeText(1_767_225_600.9)).toBe("2026-01-01T00:00:00Z");
  });

  it("one is singular", () => {
    expect([countOf(0, "report"), countOf(1, "report"), countOf(1200, "report")]).toEqual([
      "0 reports",
      "1 report",
      "1,200 reports",
    ]);
  });

  it("bytes are shown in thousands", () => {
    expect([bytesText(999), bytesText(1000), bytesText(2_345_678)]).toEqual(["999 B", "1.0 kB", "2.3 MB"]);
  });

  it("factors have three or four digits that count", () => {
    expect([factorText(1), factorText(0.5), factorText(99.97), factorText(1_234_567)]).toEqual([
      "1",
      "0.5",
      "100",
      "1,235,000",
    ]);
  });
});
