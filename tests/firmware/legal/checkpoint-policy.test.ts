import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { RecordCause } from "../../../firmware/legal/register/meter-record.js";
import type { MeteringSettings } from "../../../firmware/settings/setting-table.js";
import { endRun, hourMilliseconds, MeteringBench, midnightSeconds, timesOf } from "./metering-bench.js";

fc.configureGlobal({ seed: 3600 });

/** A meter that stays awake and has just written down its start, at 1000 ticks. */
function started(
  settings: Partial<MeteringSettings> = {},
): { bench: MeteringBench } & ReturnType<MeteringBench["start"]> {
  const bench = new MeteringBench();
  bench.settings = { ...bench.settings, ...settings };
  bench.clock.ticks = 1000;
  const run = bench.start("power-on");
  run.metering.recordWhatIsDue();
  return { bench, ...run };
}

describe("a checkpoint", () => {
  it("marks the start of each power period", () => {
    const { bench } = started();
    expect(bench.newest).toMatchObject({ sequence: 1, cause: "start", forwardPulses: 0 });
    bench.losePower();
    bench.start("power-on").metering.recordWhatIsDue();
    expect(bench.newest).toMatchObject({ sequence: 2, cause: "start" });
  });

  it("is not repeated by the next wake", () => {
    const { bench, ...run } = started();
    endRun(run);
    bench.clock.ticks += 60_000;
    bench.start("timer").metering.recordWhatIsDue();
    expect(bench.newest?.sequence).toBe(1);
  });

  it("is taken after enough pulses of either direction, and not before", () => {
    const { bench, metering } = started();
    bench.clock.ticks += 20_000;
    bench.input.pass(6, 3);
    metering.recordWhatIsDue();
    expect(bench.newest?.sequence).toBe(1);
    bench.input.pass(0, 1);
    metering.recordWhatIsDue();
    expect(bench.newest).toMatchObject({ sequence: 2, cause: "pulses", forwardPulses: 6, reversePulses: 4 });
  });

  it("is taken after enough time, even without a pulse", () => {
    const { bench, metering } = started({ checkpointSeconds: 1800 });
    bench.clock.ticks += hourMilliseconds / 2 - 1;
    metering.recordWhatIsDue();
    expect(bench.newest?.sequence).toBe(1);
    bench.clock.ticks += 1;
    metering.recordWhatIsDue();
    expect(bench.newest).toMatchObject({ sequence: 2, cause: "interval" });
  });

  it("for pulses is taken at most once in ten seconds, however fast they come", () => {
    const { bench, metering } = started();
    const moments = new Set<number>();
    bench.watchPrograms(() => moments.add(bench.clock.ticks));
    for (let step = 0; step < 600; step++) {
      bench.clock.ticks += 100;
      bench.input.pass(4);
      metering.recordWhatIsDue();
    }
    const times = [...moments];
    const pauses = times.slice(1).map((ticks, index) => ticks - (times[index] ?? NaN));
    expect(times).toHaveLength(6);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(10_000);
  });

  it("keeps to the ten seconds over sleeps", () => {
    const { bench, ...run } = started();
    endRun(run);
    bench.clock.ticks += 9999;
    bench.input.pass(50);
    bench.start("pulses").metering.recordWhatIsDue();
    expect(bench.newest?.sequence).toBe(1);
    bench.clock.ticks += 1;
    bench.start("timer").metering.recordWhatIsDue();
    expect(bench.newest).toMatchObject({ sequence: 2, cause: "pulses", forwardPulses: 50 });
  });

  it.each<RecordCause>(["before-radio", "before-valve", "after-valve", "brown-out"])(
    "is taken at once when asked for (%s)",
    (cause) => {
      const { bench, metering } = started();
      bench.input.pass(1);
      expect(metering.checkpoint(cause)).toBe(true);
      expect(bench.newest).toMatchObject({ sequence: 2, cause, forwardPulses: 1 });
    },
  );

  it("says so when neither bank takes it", () => {
    const { bench, metering } = started();
    bench.flash.partition("journal").onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    expect(metering.checkpoint("before-radio")).toBe(false);
  });

  it("tells what else was true at that moment", () => {
    const { bench, metering } = started();
    bench.setTime(77);
    bench.power.batteryMillivolts = bench.settings.batteryLowMillivolts - 1;
    bench.input.reading.magnetPresent = true;
    bench.input.reading.illegalTransitions = 2;
    bench.input.pass(0x12345, 0x10002);
    metering.recordValveStart();
    expect(bench.newest).toMatchObject({
      epochSeconds: midnightSeconds + 77,
      timeTrust: "network",
      inputForward: 0x2345,
      inputReverse: 2,
      valve: "moving",
      magnetPresent: true,
      sensorFault: true,
      batteryLow: true,
    });
  });
});

describe("what is due next", () => {
  it("is the next checkpoint in time when that comes first", () => {
    const { bench, metering } = started({ checkpointSeconds: 1800 });
    expect(metering.nextDueTicks).toBe(1000 + hourMilliseconds / 2);
    bench.clock.ticks += 5000;
    expect(metering.nextDueTicks).toBe(1000 + hourMilliseconds / 2);
    expect(metering.nextDuePulses).toBe(10);
  });

  it("is an interval's end since power came when there is no date", () => {
    expect(started().metering.nextDueTicks).toBe(hourMilliseconds);
  });

  it("is the next boundary when that comes first", () => {
    const { bench, metering } = started();
    bench.setTime(3600 - 90);
    expect(metering.nextDueTicks).toBe(1000 + 90_000);
  });

  it("is a checkpoint after the pulses that are missing to ten", () => {
    const { bench, metering } = started();
    bench.input.pass(3, 1);
    metering.count();
    expect(metering.nextDuePulses).toBe(6);
  });

  it("is the end of the ten seconds when the pulses are there already", () => {
    const { bench, metering } = started();
    bench.clock.ticks += 4000;
    bench.input.pass(30);
    metering.recordWhatIsDue();
    // A record tells no more than 65,535 pulses that were counted since.
    expect(metering.nextDuePulses).toBe(32_768 - 30);
    expect(metering.nextDueTicks).toBe(1000 + 10_000);
  });

  it("lies ahead even when the journal can't be written: a meter that never sleeps is soon empty", () => {
    for (const pulses of [0, 50]) {
      const { bench, metering } = started();
      bench.flash.partition("journal").onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
      bench.clock.ticks += 2 * hourMilliseconds;
      bench.input.pass(pulses);
      metering.recordWhatIsDue();
      expect(metering.nextDueTicks).toBeGreaterThan(bench.clock.ticks);
    }
  });
});

describe("a meter that sleeps exactly as it asks", () => {
  interface Pause {
    readonly milliseconds: number;
    readonly isReverse: boolean;
  }
  const slowPulses = fc.array(
    fc.record({ milliseconds: fc.integer({ min: 1, max: 400_000 }), isReverse: fc.boolean() }),
    { minLength: 20, maxLength: 120, size: "max" },
  );
  const fastPulses = fc.array(
    fc.record({ milliseconds: fc.integer({ min: 50, max: 3000 }), isReverse: fc.constant(false) }),
    { minLength: 20, maxLength: 400, size: "max" },
  );

  /** Lets the pulses come in their pauses; tells `onWake` of each wake, and returns the ticks of each pulse. */
  function live(bench: MeteringBench, pauses: readonly Pause[], onWake: () => void): number[] {
    const { clock, input } = bench;
    let total = 0;
    let due = { ticks: clock.ticks, pulses: 0 };
    const wake = (): void => {
      onWake();
      const run = bench.start(total === 0 ? "power-on" : "timer");
      run.metering.recordWhatIsDue();
      endRun(run);
      due = { ticks: run.metering.nextDueTicks, pulses: total + run.metering.nextDuePulses };
      if (run.metering.nextDuePulses === 0) due.pulses = Infinity;
      expect(due.ticks).toBeGreaterThan(clock.ticks);
    };
    wake();
    return pauses.map(({ milliseconds, isReverse }) => {
      const at = clock.ticks + milliseconds;
      while (due.ticks < at) {
        clock.ticks = due.ticks;
        wake();
      }
      clock.ticks = at;
      input.pass(isReverse ? 0 : 1, isReverse ? 1 : 0);
      total++;
      if (total >= due.pulses || due.ticks === at) wake();
      return at;
    });
  }

  it("records every boundary at its moment, with the pulses up to then", () => {
    fc.assert(
      fc.property(slowPulses, fc.nat(3600), (pauses, startSeconds) => {
        const bench = new MeteringBench();
        bench.setTime(startSeconds);
        const pulseTicks = live(bench, pauses, () => undefined);
        const { metering } = bench.start("timer");
        const endSeconds = startSeconds + bench.clock.ticks / 1000;
        const values = metering.intervalsFrom(0, 999);
        const late = startSeconds % 3600;
        const first = startSeconds - late + (late <= 60 ? 0 : 3600);
        const boundaries: [number, string][] = [];
        for (let seconds = first; seconds <= endSeconds; seconds += 3600)
          boundaries.push([seconds, "network"]);
        expect(timesOf(values)).toEqual(boundaries);
        for (const { epochSeconds, forwardPulses, reversePulses } of values) {
          const ticks = (epochSeconds - midnightSeconds - startSeconds) * 1000;
          // The value for a boundary just before the first wake is taken at that wake.
          const counted = pulseTicks.filter((at) => at <= Math.max(0, ticks)).length;
          expect(forwardPulses + reversePulses).toBe(counted);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("never has more than the checkpoint's pulses unwritten, but while the ten seconds last", () => {
    fc.assert(
      fc.property(fastPulses, (pauses) => {
        const bench = new MeteringBench();
        const moments = new Set<number>();
        bench.watchPrograms(() => moments.add(bench.clock.ticks));
        const pulseTicks = live(bench, pauses, () => undefined);
        const recordTicks = [...moments];
        recordTicks.forEach((ticks, index) => {
          const next = recordTicks[index + 1] ?? bench.clock.ticks + 1;
          const unwritten = pulseTicks.filter((at) => at > ticks && at < next);
          if (unwritten.length >= 10) expect(next - ticks).toBeLessThanOrEqual(10_001);
          if (index > 0) expect(ticks - (recordTicks[index - 1] ?? 0)).toBeGreaterThanOrEqual(10_000);
        });
      }),
      { numRuns: 25 },
    );
  });

  it("wakes no more often than for every ten pulses, every ten seconds or every hour", () => {
    const bench = new MeteringBench();
    bench.setTime(0);
    let wakes = 0;
    const pauses = Array.from({ length: 2000 }, () => ({ milliseconds: 43_200, isReverse: false }));
    live(bench, pauses, () => wakes++);
    expect(wakes).toBeLessThanOrEqual(2000 / 10 + 24 + 1);
  });
});
