import { describe, expect, it } from "@jest/globals";
import type { WakeCause } from "../../../hal/power.js";
import { endRun, MeteringBench } from "./metering-bench.js";

/** A meter that has counted 10 pulses and written them down, and whose journal refuses from then on. */
function refusing(): MeteringBench {
  const bench = new MeteringBench();
  bench.input.pass(10);
  const run = bench.start("power-on");
  run.metering.recordWhatIsDue();
  endRun(run);
  bench.flash.partition("journal").onStep = ({ kind }) => (kind === "read" ? undefined : "refused");
  return bench;
}

/** One wake, an hour later. */
function wake(bench: MeteringBench, cause: WakeCause): number {
  bench.clock.ticks += 3_600_000;
  const run = bench.start(cause);
  run.metering.recordWhatIsDue();
  const { forwardPulses } = run.metering;
  endRun(run);
  return forwardPulses;
}

describe("the register of a meter whose journal refuses", () => {
  it("goes on over 65,536 pulses since its last record, from sleep to sleep and over a reset", () => {
    const bench = refusing();
    for (let round = 1; round <= 10; round++) {
      bench.input.pass(20_000);
      expect(wake(bench, round % 3 === 0 ? "brown-out" : "timer")).toBe(10 + round * 20_000);
    }
  });

  it("has more than 65,536 pulses of a single sleep", () => {
    const bench = refusing();
    bench.input.pass(70_000);
    expect(wake(bench, "timer")).toBe(70_010);
    bench.input.pass(140_000);
    expect(wake(bench, "watchdog")).toBe(210_010);
  });

  it("goes on from the last record after a loss of power, and from nothing that was kept before it", () => {
    const bench = refusing();
    bench.input.pass(20_000);
    wake(bench, "timer");
    bench.losePower();
    bench.input.pass(7);
    expect(wake(bench, "power-on")).toBe(17);
    bench.input.pass(70_000);
    expect(wake(bench, "brown-out")).toBe(70_017);
  });
});

describe("the register of a meter whose journal is well", () => {
  it.each([
    ["forward", 1, 0],
    ["in reverse", 0, 1],
    ["either way", 1, 1],
  ])("has more than 65,536 pulses of a single sleep, %s", (_, forward, reverse) => {
    const bench = new MeteringBench();
    wake(bench, "power-on");
    for (const pulses of [70_000, 29_000, 140_000]) {
      const before = bench.newest;
      bench.input.pass(forward * pulses, reverse * pulses);
      wake(bench, "timer");
      expect(bench.newest).toMatchObject({
        forwardPulses: (before?.forwardPulses ?? 0) + forward * pulses,
        reversePulses: (before?.reversePulses ?? 0) + reverse * pulses,
      });
    }
  });

  it.each<WakeCause>(["brown-out", "watchdog", "software"])(
    "has all of it after a reset (%s) that leaves only a record of long ago",
    (cause) => {
      const bench = new MeteringBench();
      wake(bench, "power-on");
      const old = bench.flash.partition("journal").nor.image.slice();
      for (const pulses of [25_000, 25_000, 25_000]) {
        bench.input.pass(pulses);
        wake(bench, "timer");
      }
      // What was written since can't be read any more.
      bench.flash.partition("journal").nor.image.set(old);
      bench.input.pass(1000);
      expect(wake(bench, cause)).toBe(76_000);
    },
  );
});

describe("a start with power that is cut behind its first record", () => {
  it.each([7, 60_000, 70_000, 200_000])(
    "is followed by one that has all %d pulses of the time between",
    (pulses) => {
      const bench = new MeteringBench();
      bench.input.pass(40);
      endRun(bench.start("power-on"));
      wake(bench, "timer");
      bench.losePower();
      const cut = bench.start("power-on");
      const kept = bench.power.retained.bytes.slice();
      cut.metering.recordWhatIsDue();
      bench.power.retained.bytes.set(kept);
      bench.input.pass(pulses);
      expect(wake(bench, "brown-out")).toBe(40 + pulses);
    },
  );
});

describe("a pulse input that begins anew without a loss of power", () => {
  it("does not add what lies between its counters and their end", () => {
    const bench = refusing();
    bench.input.pass(70_000);
    wake(bench, "timer");
    bench.input.losePower();
    expect(wake(bench, "watchdog")).toBeLessThan(10 + 70_000 + 65_536);
  });
});

describe("with the longest waits that can be set", () => {
  it("no pulse is lost at 19 pulses a second, though retained memory is damaged when the wait is over", () => {
    const bench = new MeteringBench();
    bench.settings = {
      ...bench.settings,
      checkpointPulses: 10_000,
      checkpointMinimumSeconds: 3600,
      checkpointSeconds: 86_400,
    };
    let run = bench.start("power-on");
    run.metering.recordWhatIsDue();
    let counted = 0;
    for (let wakes = 0; wakes < 60; wakes++) {
      const { nextDuePulses, nextDueTicks } = run.metering;
      endRun(run);
      const untilDue = Math.max(1, Math.floor(((nextDueTicks - bench.clock.ticks) * 19) / 1000));
      const pulses = nextDuePulses > 0 ? Math.min(nextDuePulses, untilDue) : untilDue;
      bench.clock.ticks += Math.ceil((pulses * 1000) / 19);
      bench.input.pass(pulses);
      counted += pulses;
      if (pulses !== nextDuePulses) bench.power.retained.losePower();
      run = bench.start("timer");
      expect(run.metering.forwardPulses).toBe(counted);
      run.metering.recordWhatIsDue();
    }
    expect(counted).toBeGreaterThan(200_000);
  });
});
