import { describe, expect, it } from "@jest/globals";
import { blockRecords, indexRecords, meterAtNoon, midnight, period } from "./meter-double.js";

describe("intervals that come again", () => {
  it("are dropped and counted when they are the same", () => {
    const { meter } = meterAtNoon();
    meter.send(
      ...blockRecords(
        midnight,
        [0, 0],
        [
          [5, 0],
          [6, 0],
        ],
      ),
    );
    meter.send(
      ...blockRecords(
        midnight + period,
        [5, 0],
        [
          [6, 0],
          [7, 0],
        ],
      ),
    );
    expect(meter.headEnd).toMatchObject({ reports: 2, intervals: 3, repeats: 1, duplicateIntervals: 0 });
    expect(meter.headEnd.faults).toEqual([]);
  });

  it("are a fault when they differ, and the first value stays", () => {
    const { meter, device } = meterAtNoon();
    meter.send(...blockRecords(midnight, [0, 0], [[5, 0]]));
    meter.send(...blockRecords(midnight, [0, 0], [[6, 0]]));
    expect(meter.headEnd.faults[0]).toBe(
      "meter-1: forward index at 2026-01-01T00:15:00.000Z is both 5 and 6",
    );
    expect(meter.headEnd.faults[1]).toBe("meter-1: interval ending 2026-01-01T00:15:00.000Z was 5, now 6");
    expect(meter.headEnd.faults).toHaveLength(2);
    expect(device.intervals.get(midnight + period)?.forward).toBe(5);
    expect(meter.headEnd.repeats).toBe(0);
  });

  it("are a fault when they count from another index", () => {
    const { meter } = meterAtNoon();
    meter.send(...blockRecords(midnight, [0, 0], [[5, 0]]));
    meter.send(...blockRecords(midnight, [1, 0], [[5, 0]]));
    expect(meter.headEnd.faults).toContain(
      "meter-1: forward index at 2026-01-01T00:15:00.000Z is both 5 and 6",
    );
  });

  it.each([
    ["shifted", midnight + 300, period],
    ["longer", midnight, 2 * period],
    ["shorter with the same end", midnight + 600, 300],
  ])("are duplicates when they overlap on another boundary: %s", (_name, start, seconds) => {
    const { meter } = meterAtNoon();
    meter.send(...blockRecords(midnight, [5, 0], [[0, 0]]));
    meter.send(...blockRecords(start, [5, 0], [[0, 0]], seconds));
    expect(meter.headEnd).toMatchObject({ intervals: 1, duplicateIntervals: 1 });
    expect(meter.headEnd.faults.filter((fault) => fault.includes("duplicateInterval"))).toHaveLength(1);
  });
});

describe("a register that contradicts itself", () => {
  it("is noticed where a block begins at another's end", () => {
    const { meter } = meterAtNoon();
    meter.send(
      ...blockRecords(
        midnight,
        [0, 0],
        [
          [5, 1],
          [6, 0],
        ],
      ),
    );
    meter.send(...blockRecords(midnight + 2 * period, [12, 2], [[0, 0]]));
    expect(meter.headEnd.faults).toEqual([
      "meter-1: forward index at 2026-01-01T00:30:00.000Z is both 11 and 12",
      "meter-1: reverse index at 2026-01-01T00:30:00.000Z is both 1 and 2",
    ]);
  });

  it("is noticed where a block arrives late, before one that is known", () => {
    const { meter } = meterAtNoon();
    meter.send(...blockRecords(midnight + period, [12, 0], [[0, 0]]));
    meter.send(...blockRecords(midnight, [0, 0], [[11, 0]]));
    expect(meter.headEnd.faults).toEqual([
      "meter-1: forward index at 2026-01-01T00:15:00.000Z is both 11 and 12",
    ]);
  });

  it("is noticed when it decreases over a gap", () => {
    const { meter } = meterAtNoon();
    meter.send(...blockRecords(midnight, [0, 0], [[20, 0]]));
    meter.send(...blockRecords(midnight + 8 * period, [19, 0], [[1, 0]]));
    expect(meter.headEnd.faults).toHaveLength(1);
    expect(meter.headEnd.faults[0]).toContain("forward index decreases from 20");
  });

  it("is noticed when it decreases from report to report", () => {
    const { meter } = meterAtNoon();
    meter.send(...indexRecords(midnight, [20, 5]));
    meter.send(...indexRecords(midnight + 3600, [19, 4]));
    expect(meter.headEnd.faults).toEqual([
      "meter-1: forward index decreases from 20 at 2026-01-01T00:00:00.000Z to 19 at 2026-01-01T01:00:00.000Z",
      "meter-1: reverse index decreases from 5 at 2026-01-01T00:00:00.000Z to 4 at 2026-01-01T01:00:00.000Z",
    ]);
  });

  it("is noticed when a report's own index is below its intervals", () => {
    const { meter } = meterAtNoon();
    meter.send(...indexRecords(midnight + period + 10, [4, 0]), ...blockRecords(midnight, [0, 0], [[5, 0]]));
    expect(meter.headEnd.faults).toHaveLength(1);
  });

  it("is no matter of pulses within the second that a report is dated with", () => {
    const { meter } = meterAtNoon();
    meter.send(...indexRecords(midnight + period, [6, 0]), ...blockRecords(midnight, [0, 0], [[5, 0]]));
    expect(meter.headEnd.faults).toEqual([]);
  });

  it("is no matter of an older report that comes late", () => {
    const { meter, device } = meterAtNoon();
    meter.send(...indexRecords(midnight + 3600, [20, 0]));
    meter.send(...indexRecords(midnight, [10, 0]));
    expect(meter.headEnd.faults).toEqual([]);
    expect(device.latest?.forwardPulses).toBe(20);
  });
});

describe("readings that cannot be", () => {
  it("are intervals in the future, beyond what clocks may differ", () => {
    const { meter } = meterAtNoon();
    const noon = midnight + 12 * 3600;
    meter.send(...blockRecords(noon - period + 60, [0, 0], [[0, 0]]));
    expect(meter.headEnd.faults).toEqual([]);
    meter.send(...blockRecords(noon + 60, [0, 0], [[0, 0]]));
    expect(meter.headEnd.faults).toEqual([
      "meter-1: interval in the future: ends 2026-01-01T12:16:00.000Z, it is 2026-01-01T12:00:00.000Z",
    ]);
  });

  it("are reports in the future", () => {
    const { meter } = meterAtNoon();
    meter.send(...indexRecords(midnight + 86_400, [0, 0]));
    expect(meter.headEnd.faults).toHaveLength(1);
  });

  it("are intervals that are longer than any setting's, and not those of an earlier setting", () => {
    const { meter } = meterAtNoon();
    meter.send(...blockRecords(midnight, [0, 0], [[0, 0]], 3600));
    expect(meter.headEnd.faults).toEqual([]);
    meter.send(...blockRecords(midnight + 3600, [0, 0], [[0, 0]], 7200));
    expect(meter.headEnd.faults).toEqual(["meter-1: intervals of 7200 s, more than 3600 s"]);
  });
});

describe("missing intervals", () => {
  it("are the whole periods of a window without data", () => {
    const { meter } = meterAtNoon();
    meter.send(
      ...blockRecords(
        midnight,
        [0, 0],
        [
          [1, 0],
          [1, 0],
        ],
      ),
    );
    meter.send(...blockRecords(midnight + 5 * period, [2, 0], [[1, 0]]));
    expect(meter.headEnd.missingIntervals(midnight, midnight + 6 * period)).toBe(3);
    expect(meter.headEnd.missingIntervals(midnight, midnight + 2 * period)).toBe(0);
    // Periods that the window cuts do not count.
    expect(meter.headEnd.missingIntervals(midnight + period + 1, midnight + 4 * period - 1)).toBe(1);
  });

  it("may be filled by longer or shorter intervals that leave no gap", () => {
    const { meter } = meterAtNoon();
    meter.send(...blockRecords(midnight, [0, 0], [[0, 0]], 3600));
    meter.send(
      ...blockRecords(
        midnight + 3600,
        [0, 0],
        [
          [0, 0],
          [0, 0],
        ],
        300,
      ),
    );
    expect(meter.headEnd.missingIntervals(midnight, midnight + 3600)).toBe(0);
    expect(meter.headEnd.missingIntervals(midnight, midnight + 3600 + period)).toBe(1);
  });

  it("are those of every device that ever registered", () => {
    const { meter } = meterAtNoon();
    meter.register("meter-2");
    expect(meter.headEnd.missingIntervals(midnight, midnight + 4 * period)).toBe(8);
    expect(meter.headEnd.devices.map(({ endpoint }) => endpoint)).toEqual(["meter-1", "meter-2"]);
  });
});
