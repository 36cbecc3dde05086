import { describe, expect, it } from "@jest/globals";
import { binsOf, binText, gains, mostBars } from "../../../../command/sim/page/chart.js";
import { sampleAt } from "../../../sim/run/sample.js";

const day = 86_400;

function samplesUntil(endSeconds: number, step: number): ReturnType<typeof sampleAt>[] {
  const samples = [];
  for (let at = 0; at < endSeconds; at += step) samples.push(sampleAt(at, { wakes: at / 100 }));
  return [...samples, sampleAt(endSeconds, { wakes: endSeconds / 100 })];
}

describe("the columns of a picture", () => {
  it.each([
    ["a day for a month", 30 * day, 3600, "a day", 30],
    ["12 h for two weeks", 14 * day, 3600, "12 h", 28],
    ["1 h for two days", 2 * day, 600, "1 h", 48],
    ["7 days for a year", 365 * day, day, "7 days", 52],
    ["91 days for ten years", 3650 * day, day, "91 days", 40],
  ])("are %s", (_, end, step, text, count) => {
    const bins = binsOf(samplesUntil(end, step), mostBars);
    expect(binText(bins)).toBe(text);
    expect(bins.edges.length - 1).toBe(count);
  });

  it("hold together what there was, the moments after the last of them too", () => {
    const samples = samplesUntil(30 * day + 40, 3600);
    const values = gains(binsOf(samples, mostBars), ({ wakes }) => wakes);
    expect(values).toHaveLength(30);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo((30 * day + 40) / 100, 6);
  });
});
