import { describe, expect, it } from "@jest/globals";
import type { WakeCause } from "../../../hal/power.js";
import { endRun, MeteringBench, midnightSeconds } from "./metering-bench.js";

/** One wake: what is due is recorded, and the run ends as before a sleep. */
function wake(bench: MeteringBench, cause: WakeCause = "timer"): void {
  const run = bench.start(cause);
  run.metering.recordWhatIsDue();
  endRun(run);
}

/** A meter that has had its first wake. */
function awakened(): MeteringBench {
  const bench = new MeteringBench();
  bench.clock.ticks = 50_000;
  wake(bench, "power-on");
  return bench;
}

/** Everything in the event log, as event and detail. */
function noted(bench: MeteringBench): (readonly [string, number])[] {
  const entries: (readonly [string, number])[] = [];
  bench.start("timer").events.visitFrom(0, ({ event, detail }) => entries.push([event, detail]) > 0);
  return entries;
}

describe("an event", () => {
  it("is not noted while all is well", () => {
    const bench = awakened();
    wake(bench);
    expect(noted(bench)).toEqual([]);
  });

  it("carries the date", () => {
    const bench = awakened();
    bench.setTime(77);
    bench.input.reading.illegalTransitions = 1;
    wake(bench);
    bench.start("timer").events.visitFrom(0, ({ epochSeconds }) => {
      expect(epochSeconds).toBe(midnightSeconds + 77);
      return true;
    });
    expect(noted(bench)).toHaveLength(1);
  });

  it("has no date while the meter has none", () => {
    const bench = awakened();
    bench.input.reading.illegalTransitions = 1;
    wake(bench);
    bench.start("timer").events.visitFrom(0, ({ epochSeconds }) => {
      expect(epochSeconds).toBe(0);
      return true;
    });
    expect(noted(bench)).toHaveLength(1);
  });
});

describe("a magnet", () => {
  it("is noted when it comes and when it has gone, once each", () => {
    const bench = awakened();
    bench.input.reading.magnetEvents = 1;
    bench.input.reading.magnetPresent = true;
    wake(bench);
    wake(bench);
    expect(noted(bench)).toEqual([["magnet", 1]]);
    bench.input.reading.magnetPresent = false;
    wake(bench);
    wake(bench);
    expect(noted(bench)).toEqual([
      ["magnet", 1],
      ["magnet", 0],
    ]);
  });

  it("that came and went between two wakes is noted", () => {
    const bench = awakened();
    bench.input.reading.magnetEvents = 1;
    wake(bench);
    wake(bench);
    expect(noted(bench)).toEqual([
      ["magnet", 1],
      ["magnet", 0],
    ]);
  });

  it("is noted again when it comes again", () => {
    const bench = awakened();
    for (const magnetEvents of [1, 2]) {
      Object.assign(bench.input.reading, { magnetEvents, magnetPresent: true });
      wake(bench);
      bench.input.reading.magnetPresent = false;
      wake(bench);
    }
    expect(noted(bench).map(([, detail]) => detail)).toEqual([1, 0, 1, 0]);
  });

  it("is shown to whoever asks, while it is there", () => {
    const bench = awakened();
    const { metering } = bench.start("timer");
    expect(metering.magnetPresent).toBe(false);
    bench.input.reading.magnetPresent = true;
    metering.count();
    expect(metering.magnetPresent).toBe(true);
  });
});

describe("a reed's illegal transitions", () => {
  it("are noted with their number since the last time", () => {
    const bench = awakened();
    bench.input.reading.illegalTransitions = 3;
    wake(bench);
    wake(bench);
    bench.input.reading.illegalTransitions = 8;
    wake(bench);
    expect(noted(bench)).toEqual([
      ["sensor-fault", 3],
      ["sensor-fault", 5],
    ]);
  });

  it("are counted right over the wrap of the counter", () => {
    const bench = awakened();
    bench.input.reading.illegalTransitions = 0xfffffffe;
    wake(bench);
    bench.input.reading.illegalTransitions = 2;
    wake(bench);
    expect(noted(bench)[1]).toEqual(["sensor-fault", 4]);
  });
});

describe("a fault of the sensor or its cable", () => {
  it("is noted with how often it came up, together with illegal transitions", () => {
    const bench = awakened();
    Object.assign(bench.input.reading, { sensorFaults: 1, wireCut: true });
    wake(bench);
    wake(bench);
    Object.assign(bench.input.reading, { sensorFaults: 3, illegalTransitions: 2 });
    wake(bench);
    expect(noted(bench)).toEqual([
      ["sensor-fault", 1],
      ["sensor-fault", 4],
    ]);
  });

  it("stays in the records once it was there", () => {
    const bench = awakened();
    Object.assign(bench.input.reading, { sensorFaults: 1 });
    const { metering } = bench.start("timer");
    metering.checkpoint("interval");
    expect(bench.newest).toMatchObject({ sensorFault: true });
  });

  it.each([
    { oneSided: true, wireCut: false },
    { oneSided: false, wireCut: true },
  ])("is shown to whoever asks while there is %j", (fault) => {
    const bench = awakened();
    const { metering } = bench.start("timer");
    expect(metering.sensorFaultPresent).toBe(false);
    Object.assign(bench.input.reading, fault);
    metering.count();
    expect(metering.sensorFaultPresent).toBe(true);
  });
});

describe("a low battery", () => {
  it("is noted with its voltage, once", () => {
    const bench = awakened();
    const low = bench.settings.batteryLowMillivolts;
    for (const millivolts of [low, low - 1, low - 40, low, low + 99, low - 2]) {
      bench.power.batteryMillivolts = millivolts;
      wake(bench);
    }
    expect(noted(bench)).toEqual([["battery-low", low - 1]]);
  });

  it("is noted again when the voltage has clearly recovered in between", () => {
    const bench = awakened();
    const low = bench.settings.batteryLowMillivolts;
    for (const millivolts of [low - 1, low + 100, low - 5]) {
      bench.power.batteryMillivolts = millivolts;
      wake(bench);
    }
    expect(noted(bench)).toEqual([
      ["battery-low", low - 1],
      ["battery-low", low - 5],
    ]);
  });

  it("begins below the level, not at it", () => {
    const bench = awakened();
    const { metering } = bench.start("timer");
    bench.power.batteryMillivolts = bench.settings.batteryLowMillivolts;
    expect(metering.batteryLow).toBe(false);
    bench.power.batteryMillivolts--;
    expect(metering.batteryLow).toBe(true);
  });
});
