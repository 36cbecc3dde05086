import { describe, expect, it } from "@jest/globals";
import {
  type ContactSchedule,
  spreadSecondOfDay,
} from "../../../../firmware/duties/contact/contact-schedule.js";
import { daySeconds, delivered, productSettings, ScheduleBench } from "./schedule-bench.js";

describe("a meter's second of the day", () => {
  const serials = Array.from({ length: 18_000 }, (_, index) => String(10_000_000 + index));

  it("is its own, the same every time", () => {
    const second = spreadSecondOfDay("10000007", productSettings);
    expect(spreadSecondOfDay("10000007", productSettings)).toBe(second);
    expect(spreadSecondOfDay("10000008", productSettings)).not.toBe(second);
  });

  it("spreads neighbouring serial numbers evenly over the window", () => {
    const { reportWindowStartSeconds: start, reportWindowSeconds: length } = productSettings;
    const buckets = new Array<number>(100).fill(0);
    for (const serial of serials) {
      const offset = spreadSecondOfDay(serial, productSettings) - start;
      const bucket = Math.floor((offset * buckets.length) / length);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    expect(buckets.reduce((sum, count) => sum + count)).toBe(serials.length);
    const mean = serials.length / buckets.length;
    const chiSquare = buckets.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
    // 99 degrees of freedom: chance exceeds 149 once in a thousand.
    expect(chiSquare).toBeLessThan(149);
  });

  it("puts no more meters than chance would in any one second", () => {
    const seconds = new Map<number, number>();
    for (const serial of serials) {
      const second = spreadSecondOfDay(serial, productSettings);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    expect(Math.max(...seconds.values())).toBeLessThanOrEqual(8);
  });

  it("goes on after midnight when the window does", () => {
    const settings = { ...productSettings, reportWindowStartSeconds: 82_800, reportWindowSeconds: 7200 };
    const found = serials.slice(0, 2000).map((serial) => spreadSecondOfDay(serial, settings));
    expect(found.every((second) => second >= 82_800 || second < 3600)).toBe(true);
    expect(found.some((second) => second >= 82_800) && found.some((second) => second < 3600)).toBe(true);
    expect(Math.max(...found)).toBeLessThan(daySeconds);
  });
});

describe("the first contact", () => {
  it("comes within the start's spread, at a moment of its own", () => {
    const pauses = Array.from({ length: 200 }, (_, index) => {
      const bench = new ScheduleBench({}, String(index));
      return bench.sleep(bench.open());
    });
    expect(Math.max(...pauses)).toBeLessThanOrEqual(productSettings.startSpreadSeconds);
    expect(Math.min(...pauses)).toBeLessThan(5);
    expect(Math.max(...pauses)).toBeGreaterThan(55);
    expect(new Set(pauses).size).toBeGreaterThan(180);
  });

  it("is due at that moment and not before", () => {
    const bench = new ScheduleBench();
    const schedule = bench.open();
    expect(schedule.isDue).toBe(false);
    bench.clock.ticks = schedule.nextTicks - 1;
    expect(schedule.isDue).toBe(false);
    bench.clock.ticks++;
    expect(schedule.isDue).toBe(true);
  });

  it("keeps its moment over a sleep", () => {
    const bench = new ScheduleBench();
    const { nextTicks } = bench.open();
    bench.retained.save();
    bench.clock.ticks += 10;
    expect(bench.open().nextTicks).toBe(nextTicks);
  });

  it("still comes soon after a reset that came before its moment was saved", () => {
    const bench = new ScheduleBench();
    // Metering saves the retained state before anything is scheduled.
    bench.retained.save();
    bench.clock.ticks = 500;
    const pause = bench.sleep(bench.open());
    expect(pause).toBeLessThanOrEqual(productSettings.startSpreadSeconds);
  });
});

describe("a contact that delivered everything", () => {
  it("is followed by one at the meter's own second of the next day", () => {
    const { bench, schedule, second } = delivered();
    bench.sleep(schedule);
    expect(bench.nowSeconds).toBe(daySeconds + second);
  });

  it("is followed by one each day, whatever the sleeps in between", () => {
    const { bench, second } = delivered();
    for (let day = 1; day <= 40; day++) {
      bench.retained.save();
      const schedule = bench.open();
      bench.sleep(schedule);
      expect(schedule.isDue).toBe(true);
      schedule.begin();
      bench.clock.ticks += 20_000;
      expect(bench.nowSeconds).toBe(day * daySeconds + second + 20);
      schedule.succeed();
    }
  });

  it("lets a day's contact that was slept through be made up for at once", () => {
    const { bench, schedule, second } = delivered();
    bench.setTime(3 * daySeconds + second + 1000);
    expect(schedule.isDue).toBe(true);
  });

  it("makes up for no more than it missed when the clock is set forward within the day", () => {
    const { bench, schedule, second } = delivered();
    bench.setTime(daySeconds - 60);
    bench.sleep(schedule);
    expect(bench.nowSeconds).toBe(daySeconds + second);
  });

  it("does not use up the next day's when it ends after midnight", () => {
    const window = { reportWindowStartSeconds: daySeconds - 30, reportWindowSeconds: 60 };
    const serial = Array.from({ length: 500 }, (_, index) => String(index)).find(
      (candidate) => spreadSecondOfDay(candidate, { ...productSettings, ...window }) === daySeconds - 5,
    );
    const { bench, schedule } = delivered(window, serial ?? "none");
    bench.sleep(schedule);
    expect(bench.nowSeconds).toBe(2 * daySeconds - 5);
    schedule.begin();
    bench.clock.ticks += 20_000;
    schedule.succeed();
    bench.sleep(schedule);
    expect(bench.nowSeconds).toBe(3 * daySeconds - 5);
  });

  it("without a date comes a day after the one before, however many there were", () => {
    const bench = new ScheduleBench();
    const schedule = bench.open();
    bench.sleep(schedule);
    for (let contact = 0; contact < 20; contact++) {
      expect(schedule.begin().remedy).toBe("none");
      schedule.succeed();
      expect(bench.sleep(schedule)).toBe(daySeconds);
    }
  });
});

describe("a contact that failed", () => {
  /** Pauses after each of `count` failures in a row, in seconds. */
  function pausesAfterFailures(bench: ScheduleBench, schedule: ContactSchedule, count: number): number[] {
    return Array.from({ length: count }, () => {
      schedule.begin();
      return bench.sleep(schedule);
    });
  }

  it("is followed by retries at pauses that double", () => {
    const means = [0, 0, 0, 0];
    const meters = 300;
    for (let meter = 0; meter < meters; meter++) {
      const { bench, schedule } = delivered({}, String(meter));
      bench.sleep(schedule);
      pausesAfterFailures(bench, schedule, 4).forEach((pause, index) => {
        const base = productSettings.retrySeconds * 2 ** index;
        expect(pause).toBeGreaterThanOrEqual(0.5 * base - 1);
        expect(pause).toBeLessThanOrEqual(1.5 * base);
        means[index] = (means[index] ?? 0) + pause / meters;
      });
    }
    means.forEach((mean, index) => {
      expect(Math.abs(mean / (productSettings.retrySeconds * 2 ** index) - 1)).toBeLessThan(0.1);
    });
  });

  it("is retried by no two meters of a district at once", () => {
    const firstPauses = Array.from({ length: 400 }, (_, meter) => {
      const { bench, schedule } = delivered({}, String(meter));
      bench.sleep(schedule);
      return Math.floor(pausesAfterFailures(bench, schedule, 1)[0] ?? 0);
    });
    const perMinute = new Map<number, number>();
    for (const pause of firstPauses)
      perMinute.set(Math.floor(pause / 60), (perMinute.get(Math.floor(pause / 60)) ?? 0) + 1);
    // 400 meters over 15 minutes: about 27 in each.
    expect(Math.max(...perMinute.values())).toBeLessThan(50);
  });

  it("waits as long as the head-end asks for, a tenth more at most, and never less than by itself", () => {
    const { bench, schedule } = delivered({ retrySeconds: 900 });
    bench.sleep(schedule);
    schedule.begin();
    schedule.holdBack(7200);
    const pause = bench.sleep(schedule);
    expect(pause).toBeGreaterThanOrEqual(7200);
    expect(pause).toBeLessThanOrEqual(7920);
    schedule.begin();
    schedule.holdBack(1);
    expect(bench.sleep(schedule)).toBeGreaterThan(450);
  });

  it.each([0, NaN])("waits as long as by itself when the head-end asks for %d s", (seconds) => {
    const { bench, schedule } = delivered({ retrySeconds: 900 });
    bench.sleep(schedule);
    schedule.begin();
    const { nextTicks } = schedule;
    schedule.holdBack(seconds);
    expect(schedule.nextTicks).toBe(nextTicks);
  });

  it("ends the day's attempts after the last retry, and the next day begins anew", () => {
    const { bench, schedule, second } = delivered();
    bench.sleep(schedule);
    pausesAfterFailures(bench, schedule, productSettings.retriesPerDay);
    expect(bench.nowSeconds).toBeLessThan(2 * daySeconds);
    schedule.begin();
    bench.sleep(schedule);
    expect(bench.nowSeconds).toBe(2 * daySeconds + second);
    schedule.begin();
    expect(bench.sleep(schedule)).toBeLessThanOrEqual(1.5 * productSettings.retrySeconds);
  });

  it("makes one attempt a day when the settings allow no retry", () => {
    const { bench, schedule, second } = delivered({ retriesPerDay: 0 });
    for (let day = 1; day <= 3; day++) {
      bench.sleep(schedule);
      expect(bench.nowSeconds).toBe(day * daySeconds + second);
      schedule.begin();
    }
  });

  it("begins with short pauses again once a contact went well", () => {
    const { bench, schedule } = delivered();
    bench.sleep(schedule);
    pausesAfterFailures(bench, schedule, 3);
    schedule.begin();
    schedule.succeed();
    bench.sleep(schedule);
    schedule.begin();
    expect(bench.sleep(schedule)).toBeLessThanOrEqual(1.5 * productSettings.retrySeconds);
  });

  it("without a date pauses for more than a day after the last retry", () => {
    const bench = new ScheduleBench();
    const schedule = bench.open();
    bench.sleep(schedule);
    pausesAfterFailures(bench, schedule, productSettings.retriesPerDay);
    schedule.begin();
    const pause = bench.sleep(schedule);
    expect(pause).toBeGreaterThanOrEqual(daySeconds);
    expect(pause).toBeLessThanOrEqual(1.5 * daySeconds);
  });

  it("never makes a meter wait for more than two days, however many retries it may make", () => {
    const { bench, schedule } = delivered({ retriesPerDay: 24 });
    bench.sleep(schedule);
    expect(Math.max(...pausesAfterFailures(bench, schedule, 25))).toBeLessThanOrEqual(2 * daySeconds);
  });

  it("and took the application with it keeps its pause, retry after retry", () => {
    const { bench, schedule } = delivered();
    bench.sleep(schedule);
    bench.retained.save();
    for (let retry = 0; retry < productSettings.retriesPerDay; retry++) {
      bench.open().begin();
      // As the meter does before it starts the modem; what came after it is lost in the crash.
      bench.retained.save();
      const afterCrash = bench.open();
      expect(afterCrash.isDue).toBe(false);
      const pause = bench.sleep(afterCrash);
      expect(pause).toBeGreaterThanOrEqual(0.5 * productSettings.retrySeconds * 2 ** retry - 1);
    }
  });
});
