import { describe, expect, it } from "@jest/globals";
import { sealRecord } from "../../../firmware/legal/rings/record.js";
import { endRun, hourMilliseconds, MeteringBench } from "./metering-bench.js";

/** A meter that has written down its start, and that much time has passed since. */
function started(milliseconds = 20_000): { bench: MeteringBench } & ReturnType<MeteringBench["start"]> {
  const bench = new MeteringBench();
  const run = bench.start("power-on");
  run.metering.recordWhatIsDue();
  bench.clock.ticks += milliseconds;
  return { bench, ...run };
}

function refusePrograms(bench: MeteringBench, partition: string, count = Infinity): void {
  let programs = 0;
  bench.flash.partition(partition).onStep = ({ kind }) =>
    kind === "program" && ++programs <= count ? "refused" : undefined;
}

describe("flash that fails", () => {
  it("is counted over the journal and the logs that were opened", () => {
    const { bench, metering } = started();
    expect(metering.flashFailures).toBe(0);
    refusePrograms(bench, "journal", 2);
    metering.checkpoint("pulses");
    expect(metering.flashFailures).toBe(2);
    bench.setTime(31 * 86_400);
    // The first programs are headers: each that is refused counts as well, and costs nothing but a sector.
    refusePrograms(bench, "intervals", 1);
    refusePrograms(bench, "days", 2);
    refusePrograms(bench, "months", 1);
    metering.recordWhatIsDue();
    expect(metering.monthsFrom(0, 9)).toHaveLength(1);
    expect(metering.flashFailures).toBe(2 + 1 + 2 + 1);
  });

  it("in the journal makes pulses wait for the hour, in sleep and awake", () => {
    const { bench, ...run } = started();
    bench.setTime(0);
    refusePrograms(bench, "journal");
    bench.input.pass(15);
    run.metering.recordWhatIsDue();
    expect(run.metering.nextDuePulses).toBe(0);
    expect(run.metering.nextDueTicks).toBe(bench.clock.ticks + hourMilliseconds);
    endRun(run);
    bench.clock.ticks += 30_000;
    bench.input.pass(4);
    const again = bench.start("timer");
    again.metering.recordWhatIsDue();
    expect(again.metering.nextDuePulses).toBe(0);
    expect(again.metering.nextDueTicks).toBe(bench.clock.ticks - 30_000 + hourMilliseconds);
  });

  it("in the journal does not wake the meter for fewer pulses than a checkpoint's either", () => {
    const { bench, metering } = started();
    refusePrograms(bench, "journal");
    bench.input.pass(3);
    expect(metering.checkpoint("before-radio")).toBe(false);
    expect(metering.nextDuePulses).toBe(0);
  });

  it("in the journal is over with the first record that is stored", () => {
    const { bench, metering } = started();
    refusePrograms(bench, "journal");
    bench.input.pass(15);
    metering.recordWhatIsDue();
    bench.flash.partition("journal").onStep = undefined;
    bench.clock.ticks += hourMilliseconds;
    metering.recordWhatIsDue();
    expect(bench.newest?.forwardPulses).toBe(15);
    expect(metering.nextDuePulses).toBe(10);
  });
});

describe("the next sector of the journal", () => {
  /** Sectors that were erased while each bank took 110 records, at that voltage. */
  function erasesAt(batteryMillivolts: number): number {
    const { bench, metering } = started();
    bench.power.batteryMillivolts = batteryMillivolts;
    for (let count = 0; count < 220; count++) metering.checkpoint("pulses");
    return bench.flash.partition("journal").nor.counters.erases;
  }

  it("is erased ahead while the supply is strong enough, in each bank", () => {
    const { eraseAheadMillivolts } = new MeteringBench().settings;
    expect(erasesAt(eraseAheadMillivolts)).toBe(2 + 2);
  });

  it("is not erased ahead while it is weak", () => {
    const { eraseAheadMillivolts } = new MeteringBench().settings;
    expect(erasesAt(eraseAheadMillivolts - 1)).toBe(2);
  });
});

describe("records of a newer firmware", () => {
  it("in the journal are told of", () => {
    const { bench, metering } = started();
    expect(metering.hasUnknownRecord).toBe(false);
    const { image } = bench.flash.partition("journal").nor;
    for (let address = 0; address < image.length; address += 32) {
      const record = image.subarray(address, address + 32);
      if (record[0] !== 1) continue;
      record[0] = 2;
      sealRecord(record);
    }
    expect(bench.start("watchdog").metering.hasUnknownRecord).toBe(true);
  });
});

describe("a commit", () => {
  it("writes down what was counted, in either direction, before somebody is told", () => {
    for (const [forward, reverse] of [
      [1, 0],
      [0, 1],
    ] as const) {
      const { bench, metering } = started(10);
      bench.input.pass(forward, reverse);
      metering.commit("before-radio");
      expect(bench.newest).toMatchObject({
        ...{ sequence: 2, cause: "before-radio", forwardPulses: forward, reversePulses: reverse },
      });
    }
  });

  it("writes nothing when there is nothing new", () => {
    const { bench, metering } = started();
    bench.input.pass(3, 2);
    metering.checkpoint("before-radio");
    metering.commit("before-radio");
    expect(bench.newest?.sequence).toBe(2);
    expect(metering.nextDuePulses).toBe(10);
  });
});

describe("a wake between two boundaries", () => {
  it("leaves the logs closed", () => {
    const bench = new MeteringBench();
    const first = bench.start("power-on");
    bench.setTime(3600);
    first.metering.recordWhatIsDue();
    endRun(first);
    bench.waitUntil(3600 + 1800);
    const touched = new Set<string>();
    for (const [label, partition] of bench.flash.partitions)
      partition.onStep = () => {
        touched.add(label);
        return undefined;
      };
    bench.start("timer").metering.recordWhatIsDue();
    expect([...touched]).toEqual(["journal"]);
  });

  it("finds the last boundary in the log when the note of it was lost", () => {
    const bench = new MeteringBench();
    bench.setTime(3600);
    const first = bench.start("power-on");
    first.metering.recordWhatIsDue();
    expect(first.memory.intervalEpochSeconds).toBe(bench.clock.wallTime.epochMilliseconds / 1000);
    const again = bench.start("watchdog");
    again.memory.intervalEpochSeconds = 0;
    again.metering.recordWhatIsDue();
    expect(again.memory.intervalEpochSeconds).toBe(first.memory.intervalEpochSeconds);
    expect(again.metering.intervalsFrom(0, 9)).toHaveLength(1);
  });
});

describe("a meter", () => {
  it("has no valve until somebody says so", () => {
    const bench = new MeteringBench();
    const { metering } = bench.start("power-on");
    expect(metering.valve).toBe("none");
    metering.checkpoint("start");
    expect(bench.newest).toMatchObject({ valve: "none", sensorFault: false, magnetPresent: false });
  });
});
