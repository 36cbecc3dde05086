import { describe, expect, it } from "@jest/globals";
import { IntervalSeries } from "../../../firmware/uplink/interval-series.js";

const hour = 3600;
const start = 1_772_323_200;

/**
 * Takes one value for each entry: hours since `start`, forward and reverse pulses; sequence numbers count from 1, of which
 * the first was told before.
 */
function seriesOf(
  capacity: number,
  ...values: readonly (readonly [number, number, number])[]
): IntervalSeries {
  const series = new IntervalSeries(1, capacity);
  let sequence = 0;
  for (const [hours, forward, reverse] of values)
    if (!series.add(++sequence, start + hours * hour, forward, reverse)) break;
  return series;
}

/** The pulses of each run's intervals, forward and reverse in turn. */
function pulsesOf(series: IntervalSeries): number[][] {
  return series.runs.map((run) => [...series.block(run).values]);
}

describe("IntervalSeries", () => {
  it("tells the register at the beginning of each run, and the end of its first interval", () => {
    const series = seriesOf(9, [1, 10, 2], [2, 15, 2], [3, 15, 4], [7, 20, 4], [8, 20, 5]);
    expect(series.runs).toEqual([
      {
        ...{ epochSeconds: start + hour, forwardPulses: 10, reversePulses: 2 },
        ...{ periodSeconds: hour, start: 0, count: 2 },
      },
      {
        ...{ epochSeconds: start + 7 * hour, forwardPulses: 20, reversePulses: 4 },
        ...{ periodSeconds: hour, start: 2, count: 1 },
      },
    ]);
    expect(pulsesOf(series)).toEqual([
      [5, 0, 0, 2],
      [0, 1],
    ]);
    const blocks = series.runs.map((run) => series.block(run));
    expect(blocks.map(({ firstTimestampSeconds }) => firstTimestampSeconds)).toEqual([
      start + 2 * hour,
      start + 8 * hour,
    ]);
  });

  it("has no run while there is nothing but what was told before", () => {
    expect(seriesOf(9).runs).toEqual([]);
    expect(seriesOf(9, [1, 10, 0]).runs).toEqual([]);
  });

  it("tells a value that bounds no interval as a run of none", () => {
    const { runs } = seriesOf(9, [1, 10, 0], [3, 11, 0], [5, 12, 1]);
    expect(runs).toMatchObject([
      { epochSeconds: start + 3 * hour, forwardPulses: 11, reversePulses: 0, count: 0 },
      { epochSeconds: start + 5 * hour, forwardPulses: 12, reversePulses: 1, count: 0 },
    ]);
  });

  it("tells intervals as long as they are, whatever the setting is by now", () => {
    const series = seriesOf(9, [1, 1, 0], [2, 3, 0], [2.25, 6, 0], [2.5, 10, 0], [3.5, 15, 0]);
    expect(series.runs.map(({ periodSeconds }) => periodSeconds)).toEqual([hour, 900, hour]);
    expect(series.runs.map((run) => series.block(run).firstTimestampSeconds)).toEqual(
      [2, 2.25, 3.5].map((hours) => start + hours * hour),
    );
    expect(pulsesOf(series)).toEqual([
      [2, 0],
      [3, 0, 4, 0],
      [5, 0],
    ]);
  });

  it.each<[string, number, number]>([
    ["the forward register falls", -1, 0],
    ["the reverse register falls", 0, -1],
    ["the forward register leaps by more than 32 bits", 2 ** 32, 0],
    ["the reverse register leaps by more than 32 bits", 0, 2 ** 32],
  ])("begins a new run where %s", (_, forward, reverse) => {
    const series = seriesOf(
      9,
      [1, 10, 10],
      [2, 20, 20],
      [3, 20 + forward, 20 + reverse],
      [4, 21 + forward, 21 + reverse],
    );
    expect(pulsesOf(series)).toEqual([
      [10, 10],
      [1, 1],
    ]);
  });

  it("holds leaps of 32 bits", () => {
    expect(pulsesOf(seriesOf(2, [1, 0, 0], [2, 2 ** 32 - 1, 2 ** 32 - 1]))).toEqual([
      [2 ** 32 - 1, 2 ** 32 - 1],
    ]);
  });

  it("wants no more values than it was made for", () => {
    const series = seriesOf(3, [1, 1, 0], [2, 2, 0], [3, 3, 0], [4, 4, 0]);
    expect(series.length).toBe(3);
    expect(series.lastSequence).toBe(3);
    expect(pulsesOf(series)).toEqual([[1, 0, 1, 0]]);
  });

  it("leaves a value that would begin a ninth run, and all behind it", () => {
    const values = Array.from({ length: 30 }, (_, index) => [index + (index >> 1), index, 0] as const);
    const series = seriesOf(30, ...values);
    expect(series.runs).toHaveLength(8);
    expect(series.length).toBe(16);
    expect(series.lastSequence).toBe(16);
  });
});
