import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { WakeCause } from "../../../hal/power.js";
import { PowerCut } from "../../../sim/chip/boundary/power-cut.js";
import { announcePowerPeriod } from "../../../firmware/legal/metering.js";
import { PowerPeriod } from "../../../firmware/legal/retained/power-period.js";
import { RetainedSlices } from "../../../firmware/storage/retained-slices.js";
import { endRun, hourMilliseconds, MeteringBench } from "./metering-bench.js";

fc.configureGlobal({ seed: 42 });

/** A meter that has counted 25 pulses, written them down and gone to sleep. */
function asleep(): MeteringBench {
  const bench = new MeteringBench();
  const run = bench.start("power-on");
  bench.input.pass(25, 4);
  run.metering.recordWhatIsDue();
  endRun(run);
  return bench;
}

function registers(bench: MeteringBench, cause: WakeCause): readonly [number, number] {
  const { metering } = bench.start(cause);
  return [metering.forwardPulses, metering.reversePulses];
}

describe("the register at the very first start", () => {
  it("is what the input has counted since the battery was connected", () => {
    const bench = new MeteringBench();
    bench.input.pass(3, 1);
    expect(registers(bench, "power-on")).toEqual([3, 1]);
  });

  it("opens the input as it is configured, and releases it at the end", () => {
    const bench = new MeteringBench();
    bench.settings = { ...bench.settings, debounceMilliseconds: 12, magnetSeconds: 30 };
    const { metering } = bench.start("power-on");
    expect(bench.input.options).toEqual({ sensor: "dual-reed", debounceMilliseconds: 12, magnetSeconds: 30 });
    metering.close();
    expect(bench.input.isOpen).toBe(false);
  });
});

describe("the register after a sleep or a reset", () => {
  const causes: readonly WakeCause[] = ["timer", "pulses", "service", "brown-out", "watchdog", "software"];

  it.each(causes)("(%s) has what was counted in between, once", (cause) => {
    const bench = asleep();
    bench.input.pass(9, 2);
    expect(registers(bench, cause)).toEqual([34, 6]);
    expect(registers(bench, cause)).toEqual([34, 6]);
  });

  it("has what was counted before the first record of the power period, once", () => {
    const bench = asleep();
    bench.losePower();
    bench.input.pass(2);
    // The reset comes after the retained state was saved and before anything was written down.
    bench.start("power-on");
    bench.input.pass(3);
    expect(registers(bench, "watchdog")).toEqual([30, 4]);
    expect(registers(bench, "brown-out")).toEqual([30, 4]);
  });

  it("does not count twice after the first record of the power period", () => {
    const bench = asleep();
    bench.losePower();
    bench.input.pass(5);
    // The reset comes before the retained state was saved a second time.
    bench.start("power-on").metering.recordWhatIsDue();
    bench.input.pass(1);
    expect(registers(bench, "watchdog")).toEqual([31, 4]);
  });

  it("goes on over the wrap of the input's counters", () => {
    const bench = asleep();
    bench.input.pass(0xffffff00);
    bench.start("timer").metering.checkpoint("pulses");
    const before = bench.newest?.forwardPulses ?? NaN;
    bench.input.pass(0x200);
    expect(registers(bench, "timer")[0]).toBe(before + 0x200);
  });

  it("does not count twice when the retained memory was damaged in sleep", () => {
    const bench = asleep();
    bench.clock.ticks = hourMilliseconds;
    bench.power.retained.losePower();
    bench.input.pass(3);
    expect(registers(bench, "timer")).toEqual([28, 4]);
  });

  it.each<WakeCause>(["timer", "pulses", "service"])(
    "(%s) does not count twice either when it was damaged in a sleep soon after power came",
    (cause) => {
      const bench = asleep();
      bench.clock.ticks = 500;
      bench.power.retained.losePower();
      bench.input.pass(3);
      expect(registers(bench, cause)).toEqual([28, 4]);
      expect(new PowerPeriod(new RetainedSlices(bench.power.retained, cause)).isKnown).toBe(true);
    },
  );
});

describe("the register after a reset with damaged retained memory", () => {
  const resets: readonly WakeCause[] = ["brown-out", "watchdog", "software"];

  it.each(resets)("(%s) takes the input whole soon after power came: nothing was stored yet", (cause) => {
    const bench = asleep();
    bench.losePower();
    bench.clock.ticks = 59_999;
    bench.input.pass(5, 1);
    expect(registers(bench, cause)).toEqual([30, 5]);
    // And the same once more, now that the period is known.
    expect(registers(bench, cause)).toEqual([30, 5]);
  });

  it.each(resets)("(%s) does not count twice, however soon after power came", (cause) => {
    const bench = asleep();
    bench.clock.ticks = 500;
    bench.power.retained.losePower();
    bench.input.pass(5, 1);
    expect(registers(bench, cause)).toEqual([30, 5]);
  });
});

describe("the register after a start that was cut before it read the journal", () => {
  it.each([1, 200_000])("is not what the input has counted over its end, %d ms later", (milliseconds) => {
    const bench = asleep();
    bench.losePower();
    // Only the power's coming was noted: the settings come before the journal.
    bench.power.wakeCause = "power-on";
    const { power } = bench;
    announcePowerPeriod({ power, retained: new RetainedSlices(power.retained, "power-on") });
    bench.clock.ticks = milliseconds;
    bench.input.pass(5, 1);
    expect(registers(bench, "brown-out")).toEqual([30, 5]);
    expect(registers(bench, "brown-out")).toEqual([30, 5]);
  });
});

describe("the register after a loss of power", () => {
  it("is what was written down last", () => {
    const bench = asleep();
    bench.input.pass(7);
    bench.losePower();
    expect(registers(bench, "power-on")).toEqual([25, 4]);
  });

  it("has all that was counted since power is back", () => {
    const bench = asleep();
    bench.losePower();
    bench.input.pass(2, 1);
    expect(registers(bench, "power-on")).toEqual([27, 5]);
  });

  it("is the same when retained memory happened to keep its content", () => {
    const bench = asleep();
    bench.input.pass(7);
    const { bytes } = bench.power.retained;
    bench.losePower();
    bench.power.retained.bytes = bytes;
    bench.input.pass(2);
    expect(registers(bench, "power-on")).toEqual([27, 4]);
  });

  it("is the same when power is lost again before anything was written down", () => {
    const bench = asleep();
    for (let times = 0; times < 3; times++) {
      bench.losePower();
      bench.input.pass(2);
      expect(registers(bench, "power-on")).toEqual([27, 4]);
    }
  });

  it("keeps what a last record at the brown-out saved", () => {
    const bench = asleep();
    const { metering } = bench.start("timer");
    bench.input.pass(8, 1);
    metering.checkpoint("brown-out");
    bench.losePower();
    expect(registers(bench, "power-on")).toEqual([33, 5]);
  });

  it("keeps what the valve did last", () => {
    const bench = asleep();
    const { metering } = bench.start("timer");
    metering.recordValveEnd("failed");
    bench.losePower();
    expect(bench.start("power-on").metering.valve).toBe("failed");
  });

  it("is never below a value that was recorded for an interval or a day, wherever power was cut", () => {
    for (let cutAt = 1; cutAt <= 8; cutAt++) {
      const bench = new MeteringBench();
      bench.start("power-on").metering.recordWhatIsDue();
      bench.setTime(86_400);
      const { metering } = bench.start("timer");
      bench.input.pass(5);
      let programs = 0;
      bench.watchPrograms(() => {
        if (++programs === cutAt) throw new PowerCut("before a record");
      });
      try {
        metering.recordWhatIsDue();
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
      }
      bench.watchPrograms(() => undefined);
      bench.losePower();
      const recovered = bench.start("power-on").metering;
      const values = [...recovered.intervalsFrom(0, 9), ...recovered.daysFrom(0, 9)];
      const highest = Math.max(0, ...values.map(({ forwardPulses }) => forwardPulses));
      expect(recovered.forwardPulses).toBeGreaterThanOrEqual(highest);
    }
  });
});

describe("the register that a start has told", () => {
  it.each<WakeCause>(["brown-out", "watchdog", "software"])(
    "after a reset (%s) is written down anew: the record that it was read from may have been cut, and fade",
    (cause) => {
      const bench = asleep();
      bench.clock.ticks += 5000;
      const { sequence = 0 } = bench.newest ?? {};
      const { metering } = bench.start(cause);
      const old = bench.flash.partition("journal").nor.image.slice();
      metering.recordWhatIsDue();
      const told = metering.forwardPulses;
      // Whatever stood in the flash when the reset came, fades.
      const { image } = bench.flash.partition("journal").nor;
      for (let address = 0; address < image.length; address++)
        if (image[address] === old[address] && old[address] !== 0xff) image[address] = 0;
      bench.losePower();
      expect(registers(bench, "power-on")).toEqual([told, 4]);
      expect(bench.newest?.sequence).toBeGreaterThan(sequence);
    },
  );
});

describe("the register through any fate", () => {
  type Fate = "sleep" | "reset" | "power loss";
  const steps = fc.array(
    fc.record({
      forward: fc.nat(15),
      reverse: fc.nat(3),
      milliseconds: fc.nat(40_000),
      isRecording: fc.boolean(),
      fate: fc.constantFrom<Fate>("sleep", "sleep", "reset", "power loss"),
    }),
    { minLength: 1, maxLength: 25, size: "max" },
  );

  it("neither loses nor doubles a pulse, but those since the last record when power is lost", () => {
    fc.assert(
      fc.property(steps, (fates) => {
        const bench = new MeteringBench();
        let cause: WakeCause = "power-on";
        let expected = 0;
        for (const { forward, reverse, milliseconds, isRecording, fate } of fates) {
          const run = bench.start(cause);
          expect(run.metering.forwardPulses + run.metering.reversePulses).toBe(expected);
          bench.input.pass(forward, reverse);
          bench.clock.ticks += milliseconds;
          expected += forward + reverse;
          if (isRecording) run.metering.recordWhatIsDue();
          if (fate === "sleep") endRun(run);
          cause = ({ sleep: "timer", reset: "watchdog", "power loss": "power-on" } as const)[fate];
          if (fate !== "power loss") continue;
          const { forwardPulses = 0, reversePulses = 0 } = bench.newest ?? {};
          expected = forwardPulses + reversePulses;
          bench.losePower();
        }
        const { metering } = bench.start(cause);
        expect(metering.forwardPulses + metering.reversePulses).toBe(expected);
      }),
      { numRuns: 60 },
    );
  });
});
