import { describe, expect, it } from "@jest/globals";
import type { MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import { PowerCut } from "../../../sim/chip/boundary/power-cut.js";
import { endRun, MeteringBench, midnightSeconds, timesOf } from "./metering-bench.js";

const hour = 3600;
const day = 86_400;

/** A meter that stays awake from so many seconds after midnight on. */
function awakeAt(
  seconds: number,
): { bench: MeteringBench; passUntil: (seconds: number) => void } & ReturnType<MeteringBench["start"]> {
  const bench = new MeteringBench();
  const run = bench.start("power-on");
  bench.setTime(seconds);
  const passUntil = (until: number): void => {
    bench.waitUntil(until);
    run.metering.recordWhatIsDue();
  };
  return { bench, passUntil, ...run };
}

describe("interval values", () => {
  it("are taken by the time since power came while there is no date, on time or not at all", () => {
    const bench = new MeteringBench();
    const { metering } = bench.start("power-on");
    for (const seconds of [1, hour, 5 * hour + 60, 6 * hour + 61, 8 * hour]) {
      bench.clock.ticks = seconds * 1000;
      metering.recordWhatIsDue();
    }
    const values = metering.intervalsFrom(2, 9);
    expect(values.map(({ epochSeconds, timeTrust }) => [epochSeconds, timeTrust])).toEqual([
      [hour, "unset"],
      [5 * hour, "unset"],
      [8 * hour, "unset"],
    ]);
  });

  it("begin at the first boundary that is taken on time", () => {
    const { metering, passUntil } = awakeAt(hour + 300);
    passUntil(hour + 400);
    expect(metering.newestIntervalSequence).toBe(0);
    passUntil(2 * hour);
    expect(timesOf(metering.intervalsFrom(0, 9))).toEqual([[2 * hour, "network"]]);
  });

  it("hold the register at the boundary", () => {
    const { bench, metering, passUntil } = awakeAt(hour);
    bench.input.pass(3, 1);
    passUntil(hour);
    bench.input.pass(40, 2);
    passUntil(2 * hour);
    bench.input.pass(7);
    metering.count();
    const values = metering.intervalsFrom(0, 9);
    expect(values.map(({ forwardPulses, reversePulses }) => [forwardPulses, reversePulses])).toEqual([
      [3, 1],
      [43, 3],
    ]);
    expect(values[1]).toMatchObject({
      sequence: 2,
      cause: "interval",
      epochSeconds: midnightSeconds + 2 * hour,
    });
  });

  it("taken a minute after the boundary are on time, later ones are marked as estimated", () => {
    const { metering, passUntil } = awakeAt(hour);
    for (const seconds of [hour, 2 * hour + 60, 3 * hour + 61, 4 * hour]) passUntil(seconds);
    expect(timesOf(metering.intervalsFrom(0, 9))).toEqual([
      [hour, "network"],
      [2 * hour, "network"],
      [3 * hour, "estimated"],
      [4 * hour, "network"],
    ]);
  });

  it("are marked as estimated while the date is", () => {
    const { bench, metering, passUntil } = awakeAt(hour);
    bench.clock.setWallTime(bench.clock.wallTime.epochMilliseconds, "estimated");
    passUntil(hour);
    expect(timesOf(metering.intervalsFrom(0, 9))).toEqual([[hour, "estimated"]]);
  });

  it("are taken once, however often the meter looks", () => {
    const { metering, passUntil } = awakeAt(hour);
    for (const seconds of [hour, hour, hour + 1, hour + 59, 2 * hour - 1]) passUntil(seconds);
    expect(timesOf(metering.intervalsFrom(0, 9))).toEqual([[hour, "network"]]);
  });

  it("are taken once when the clock steps back over their boundary", () => {
    const { bench, metering, passUntil } = awakeAt(hour);
    passUntil(hour);
    passUntil(2 * hour);
    bench.setTime(2 * hour - 20);
    passUntil(2 * hour - 10);
    passUntil(2 * hour);
    passUntil(3 * hour);
    expect(timesOf(metering.intervalsFrom(0, 9))).toEqual([
      [hour, "network"],
      [2 * hour, "network"],
      [3 * hour, "network"],
    ]);
  });

  it("are taken once when the clock steps back in sleep, with retained memory or without", () => {
    for (const isPowerLost of [false, true]) {
      const { bench, passUntil, ...run } = awakeAt(hour);
      passUntil(hour);
      passUntil(2 * hour);
      endRun(run);
      if (isPowerLost) bench.losePower();
      bench.setTime(hour);
      const { metering } = bench.start(isPowerLost ? "power-on" : "timer");
      metering.recordWhatIsDue();
      expect(metering.newestIntervalSequence).toBe(2);
      expect(timesOf(metering.intervalsFrom(0, 9)).map(([seconds]) => seconds)).toEqual([hour, 2 * hour]);
    }
  });

  it("that were missed leave a gap, and the late one that ends it is estimated", () => {
    const { metering, passUntil } = awakeAt(hour);
    for (const seconds of [hour, 2 * hour, 7 * hour + 1800, 8 * hour]) passUntil(seconds);
    expect(timesOf(metering.intervalsFrom(0, 9))).toEqual([
      [hour, "network"],
      [2 * hour, "network"],
      [7 * hour, "estimated"],
      [8 * hour, "network"],
    ]);
  });

  it("go on after a power cut from where they were, without a value for the time in between", () => {
    const { bench, passUntil } = awakeAt(hour);
    passUntil(hour);
    passUntil(2 * hour);
    bench.losePower();
    const { metering } = bench.start("power-on");
    metering.recordWhatIsDue();
    bench.setTime(6 * hour + 10);
    metering.recordWhatIsDue();
    expect(timesOf(metering.intervalsFrom(0, 9))).toEqual([
      [hour, "network"],
      [2 * hour, "network"],
      [6 * hour, "network"],
    ]);
  });

  it("are taken every quarter of an hour when the settings say so", () => {
    const { bench } = awakeAt(hour);
    bench.settings = { ...bench.settings, intervalSeconds: 900 };
    const { metering } = bench.start("timer");
    for (const seconds of [hour, hour + 900, hour + 1800]) {
      bench.waitUntil(seconds);
      metering.recordWhatIsDue();
    }
    expect(timesOf(metering.intervalsFrom(0, 9)).map(([seconds]) => seconds)).toEqual([
      hour,
      hour + 900,
      hour + 1800,
    ]);
  });

  it("that the flash refuses are taken when it works again", () => {
    const { bench, metering, passUntil } = awakeAt(hour);
    const flash = bench.flash.partition("intervals");
    flash.onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    passUntil(hour);
    expect(metering.newestIntervalSequence).toBe(0);
    flash.onStep = undefined;
    passUntil(hour + 20);
    expect(timesOf(metering.intervalsFrom(0, 9))).toEqual([[hour, "network"]]);
  });

  it("come with a checkpoint, so that the journal never lags behind an hour", () => {
    const { bench, passUntil } = awakeAt(hour);
    passUntil(hour);
    bench.input.pass(1);
    passUntil(2 * hour);
    expect(bench.newest).toMatchObject({ cause: "interval", forwardPulses: 1 });
  });
});

describe("a clock that was set too far ahead for an hour", () => {
  /** Its seconds after the bench's midnight, by all values that are stored. */
  function timesAfter(aheadDays: number, isPowerLost = false): { intervals: number[]; days: number[] } {
    const { bench, passUntil, ...run } = awakeAt(day - hour);
    for (const seconds of [day - hour, day, day + hour]) passUntil(seconds);
    bench.setTime((aheadDays + 1) * day + hour + 60);
    run.metering.recordWhatIsDue();
    endRun(run);
    if (isPowerLost) bench.losePower();
    bench.setTime(day + 2 * hour - 100);
    const { metering } = bench.start(isPowerLost ? "power-on" : "timer");
    for (const seconds of [2 * hour - 100, 2 * hour, 3 * hour, day - hour, day, day + hour]) {
      bench.waitUntil(day + seconds);
      metering.recordWhatIsDue();
    }
    const secondsOf = (records: MeterRecord[]): number[] => timesOf(records).map(([seconds]) => seconds);
    return { intervals: secondsOf(metering.intervalsFrom(0, 20)), days: secondsOf(metering.daysFrom(0, 20)) };
  }

  it.each([false, true])("holds up no value when it was ten years (power lost: %s)", (isPowerLost) => {
    const ahead = 3651 * day;
    const hours = [2 * hour, 3 * hour, day - hour, day, day + hour].map((seconds) => day + seconds);
    expect(timesAfter(3650, isPowerLost)).toEqual({
      intervals: [day - hour, day, day + hour, ahead + hour, ...hours],
      days: [day, ahead, 2 * day],
    });
  });

  it("is waited for when it was ten days, so that no date comes twice", () => {
    expect(timesAfter(10)).toEqual({
      intervals: [day - hour, day, day + hour, 11 * day + hour],
      days: [day, 11 * day],
    });
  });

  it("is waited for a month at most", () => {
    expect(timesAfter(31).intervals).toHaveLength(4);
    expect(timesAfter(33).intervals).toHaveLength(9);
  });
});

describe("daily values", () => {
  it("begin at the first midnight and hold the register", () => {
    const { bench, metering, passUntil } = awakeAt(22 * hour);
    for (const seconds of [22 * hour, 23 * hour]) passUntil(seconds);
    bench.input.pass(12);
    passUntil(day);
    bench.input.pass(5);
    passUntil(day + hour);
    const days = metering.daysFrom(0, 9);
    expect(timesOf(days)).toEqual([[day, "network"]]);
    expect(days[0]).toMatchObject({ cause: "day", forwardPulses: 12 });
  });

  it("are taken once for each midnight", () => {
    const { metering, passUntil } = awakeAt(22 * hour);
    for (let seconds = 22 * hour; seconds <= 3 * day + hour; seconds += hour) passUntil(seconds);
    expect(timesOf(metering.daysFrom(0, 9)).map(([seconds]) => seconds)).toEqual([day, 2 * day, 3 * day]);
  });

  it("are taken late, and marked as estimated, when midnight was missed", () => {
    const { metering, passUntil } = awakeAt(22 * hour);
    for (const seconds of [22 * hour, day, 2 * day - hour, 2 * day + 3 * hour]) passUntil(seconds);
    expect(timesOf(metering.daysFrom(0, 9))).toEqual([
      [day, "network"],
      [2 * day, "estimated"],
    ]);
  });

  it("are not repeated by a reset right after midnight", () => {
    const { bench, passUntil } = awakeAt(22 * hour);
    for (const seconds of [22 * hour, day]) passUntil(seconds);
    const { metering } = bench.start("watchdog");
    metering.recordWhatIsDue();
    expect(metering.daysFrom(0, 9)).toHaveLength(1);
    expect(metering.intervalsFrom(0, 9)).toHaveLength(2);
  });

  it.each([900, 1200, 1800, 3600])("are taken when an interval lasts %d s", (intervalSeconds) => {
    const { bench } = awakeAt(12 * hour);
    bench.settings = { ...bench.settings, intervalSeconds };
    const { metering } = bench.start("timer");
    const first = midnightSeconds + 12 * hour;
    for (let epoch = first - (first % intervalSeconds) + intervalSeconds; ; epoch += intervalSeconds) {
      if (epoch > midnightSeconds + 2 * day + hour) break;
      bench.waitUntil(epoch - midnightSeconds);
      metering.recordWhatIsDue();
    }
    expect(timesOf(metering.daysFrom(0, 9)).map(([seconds]) => seconds)).toEqual([day, 2 * day]);
  });
});

describe("values of billing days", () => {
  // The bench's midnight is that of 1 March 2026: the next first of a month is 31 days later.
  const april = 31 * day;

  it("are taken at the midnight of the billing day alone", () => {
    const { bench, metering, passUntil } = awakeAt(day - hour);
    for (let seconds = day - hour; seconds <= april + 2 * day; seconds += hour) passUntil(seconds);
    expect(timesOf(metering.monthsFrom(0, 9))).toEqual([[april, "network"]]);
    expect(metering.monthsFrom(0, 9)[0]).toMatchObject({ cause: "billing" });
    expect(bench.settings.billingDay).toBe(1);
  });

  it("are taken on another day when the settings say so", () => {
    const { bench } = awakeAt(day - hour);
    bench.settings = { ...bench.settings, billingDay: 15 };
    const { metering } = bench.start("timer");
    for (let seconds = day - hour; seconds <= 40 * day; seconds += hour) {
      bench.waitUntil(seconds);
      metering.recordWhatIsDue();
    }
    expect(timesOf(metering.monthsFrom(0, 9)).map(([seconds]) => seconds)).toEqual([14 * day]);
  });

  it("are taken once, wherever a reset cut the recording of midnight off", () => {
    for (let cutAt = 1; cutAt <= 12; cutAt++) {
      const { bench, passUntil } = awakeAt(april - 2 * day);
      for (const seconds of [april - day, april - hour]) passUntil(seconds);
      let programs = 0;
      bench.watchPrograms(() => {
        // Power that has gone stays gone, whoever tries next.
        if (++programs >= cutAt) throw new PowerCut("before a record");
      });
      try {
        passUntil(april);
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
      }
      bench.watchPrograms(() => undefined);
      const { metering } = bench.start("watchdog");
      bench.input.pass(1);
      metering.recordWhatIsDue();
      expect(timesOf(metering.monthsFrom(0, 9))).toEqual([[april, "network"]]);
      expect(timesOf(metering.daysFrom(0, 9)).filter(([seconds]) => seconds === april)).toHaveLength(1);
    }
  });
});
