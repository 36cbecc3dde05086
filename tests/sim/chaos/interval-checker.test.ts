import { describe, expect, it } from "@jest/globals";
import { IntervalChecker } from "../../../sim/chaos/interval-checker.js";
import type { Report } from "../../../sim/head-end/head-end.js";
import { Readings } from "../../../sim/head-end/readings.js";
import { CheckerBench, meterRecord, start } from "./checker-bench.js";

const hour = 3600;

/** A meter that has written down its index at three full hours: 0, 5 and 9. */
class IntervalBench extends CheckerBench {
  readonly readings = new Readings({
    endpoint: "meter",
    expectedPeriodSeconds: hour,
    onFault: () => undefined,
  });
  readonly checker: IntervalChecker;
  isReadable = true;

  constructor() {
    super();
    this.checker = new IntervalChecker({
      findings: this.findings,
      periodSeconds: hour,
      readings: () => this.readings,
      isReadable: () => this.isReadable,
    });
    for (const [index, forwardPulses] of [0, 5, 9].entries())
      this.checker.onInterval(
        meterRecord({
          cause: "interval",
          sequence: index + 1,
          forwardPulses,
          epochSeconds: start + index * hour,
        }),
      );
  }

  /** A report of the two hours reaches the head-end, and the checker hears of it. */
  report(deltas: readonly number[]): void {
    const block = {
      readingClass: 1,
      startEpochSeconds: start,
      periodSeconds: hour,
      base: { forward: 0, reverse: 0 },
      deltas: deltas.map((forward) => ({ forward, reverse: 0 })),
      isDatedByArrival: false,
    };
    const content = { now: undefined, blocks: [block], records: [] };
    this.readings.store(content, start + 3 * hour);
    this.checker.onReport(content as unknown as Report);
  }
}

describe("the intervals' checker", () => {
  it("finds nothing where all is reported, delivered and there", () => {
    const bench = new IntervalBench();
    bench.report([5, 4]);
    bench.checker.onWatermark(3);
    bench.checker.finish(9);
    expect(bench.messages).toEqual([]);
  });

  it("finds what is reported otherwise than it was written down", () => {
    const bench = new IntervalBench();
    bench.report([6, 3]);
    expect(bench.messages).toEqual(["intervals: reported 6 for 2026-01-01T01:00:00Z, written down was 5"]);
  });

  it("takes a value that was torn for one that may be found whole, or not", () => {
    const bench = new IntervalBench();
    bench.checker.onTornInterval(
      meterRecord({ cause: "interval", sequence: 4, forwardPulses: 12, epochSeconds: start + 3 * hour }),
    );
    bench.report([5, 4, 3]);
    bench.checker.onWatermark(4);
    expect(bench.messages).toEqual([]);
  });

  it("finds what is reported and was never written down", () => {
    const bench = new IntervalBench();
    bench.report([5, 4, 1]);
    expect(bench.messages).toEqual([
      "intervals: reported 10 for 2026-01-01T03:00:00Z, written down was nothing",
    ]);
  });

  it("finds a watermark beyond the newest value", () => {
    const bench = new IntervalBench();
    bench.report([5, 4]);
    bench.checker.onWatermark(4);
    expect(bench.messages).toEqual(["intervals: 4 is delivered, 3 is the newest"]);
  });

  it("finds a value that counts as delivered and that the head-end lacks", () => {
    const bench = new IntervalBench();
    bench.report([5]);
    bench.checker.onWatermark(3);
    expect(bench.messages).toEqual([
      "intervals: the interval ending 2026-01-01T02:00:00Z counts as delivered, the head-end lacks it",
    ]);
  });

  it("does not mind that, where a failing sector has taken the value", () => {
    const bench = new IntervalBench();
    bench.isReadable = false;
    bench.checker.onWatermark(3);
    expect(bench.messages).toEqual([]);
  });

  it("finds a delivered value that the head-end has lost by the end", () => {
    const bench = new IntervalBench();
    bench.report([5, 4]);
    bench.checker.onWatermark(3);
    bench.readings.intervals.delete(start + hour);
    bench.checker.finish(9);
    expect(bench.messages).toEqual([
      "intervals: the interval ending 2026-01-01T01:00:00Z counts as delivered, the head-end lacks it",
    ]);
  });

  it("finds more pulses in the head-end's intervals than flowed", () => {
    const bench = new IntervalBench();
    bench.report([5, 4]);
    bench.checker.finish(8);
    expect(bench.messages).toEqual(["intervals: the head-end's intervals hold 9 pulses, 8 flowed"]);
  });
});

describe("the intervals' checker, of a meter without a date,", () => {
  /** Writes down 0, 5 and 9 pulses at three hours of the power period, behind a mark. */
  function undatedBench(): IntervalBench {
    const bench = new IntervalBench();
    const values = [0, 0, 5, 9];
    for (const [index, forwardPulses] of values.entries())
      bench.checker.onInterval(
        meterRecord({
          cause: index === 0 ? "start" : "interval",
          timeTrust: "unset",
          sequence: 4 + index,
          forwardPulses,
          epochSeconds: Math.max(1, index) * hour,
        }),
      );
    return bench;
  }

  function report(
    bench: IntervalBench,
    startEpochSeconds: number,
    isDatedByArrival: boolean,
    second = 4,
  ): void {
    const deltas = [5, second].map((forward) => ({ forward, reverse: 0 }));
    const base = { forward: 0, reverse: 0 };
    const block = { readingClass: 1, startEpochSeconds, periodSeconds: hour, base, deltas, isDatedByArrival };
    bench.checker.onReport({ blocks: [block] } as unknown as Report);
  }

  it("finds nothing in what is told by its arrival as it was written down", () => {
    const bench = undatedBench();
    report(bench, start + 40 * hour + 17, true);
    expect(bench.messages).toEqual([]);
  });

  it("finds values told by their arrival that were not written down so", () => {
    const bench = undatedBench();
    report(bench, start + 40 * hour, true, 3);
    expect(bench.messages).toEqual([
      expect.stringContaining("without a date, and that was not written down so"),
    ]);
  });

  it("finds a report of values from before the last loss of power", () => {
    const bench = undatedBench();
    const mark = { cause: "start", timeTrust: "unset", sequence: 8, forwardPulses: 9 } as const;
    bench.checker.onInterval(meterRecord({ ...mark, epochSeconds: hour }));
    report(bench, start + 40 * hour, true);
    expect(bench.messages).toHaveLength(1);
  });

  it("holds what is dated afterwards against the moment at which the meter learned the date", () => {
    const learned = { cause: "start", timeTrust: "network", sequence: 8, forwardPulses: 9 } as const;
    for (const [offSeconds, findings] of [
      [0, 0],
      [1, 1],
    ] as const) {
      const bench = undatedBench();
      bench.checker.onInterval(meterRecord({ ...learned, epochSeconds: start + 43 * hour }));
      report(bench, start + 41 * hour + offSeconds, false);
      expect(bench.messages.length > 0 ? 1 : 0).toBe(findings);
    }
  });
});
