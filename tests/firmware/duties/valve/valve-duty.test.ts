import { describe, expect, it } from "@jest/globals";
import { dayMilliseconds } from "../../../../hal/base/time-units.js";
import type { WakeCause } from "../../../../hal/power.js";
import { storageOn } from "../../../../sim/run/flash/flash-access.js";
import { EventLog } from "../../../../firmware/events/event-log.js";
import { Journal } from "../../../../firmware/legal/register/journal.js";
import { Metering } from "../../../../firmware/legal/metering.js";
import type { MeterRecord } from "../../../../firmware/legal/register/meter-record.js";
import type { ExerciseSettings, ValveSettings } from "../../../../firmware/settings/setting-table.js";
import { water } from "../../../../firmware/products/water.js";
import { MeterStorage } from "../../../../firmware/storage/meter-storage.js";
import { RetainedSlices } from "../../../../firmware/storage/retained-slices.js";
import { ValveMemory } from "../../../../firmware/duties/valve/valve-memory.js";
import { ValveDuty } from "../../../../firmware/duties/valve/valve-duty.js";
import { ValveBench } from "../../../drivers/valve-actuator/valve-bench.js";
import { FakeCrypto, FakeFlashChip, FakePower, FakePulseInput } from "../../fake-hardware.js";

const { settings } = water;

/** A meter with a valve: the model of the valve, its clock, and what the duty works on. */
class DutyBench {
  readonly valve: ValveBench;
  readonly power = new FakePower();
  readonly flash = new FakeFlashChip({ journal: 8, events: 6 });
  readonly notes: (readonly [string, number])[] = [];
  readonly #input = new FakePulseInput();
  readonly #events = new EventLog(storageOn(this.flash.partition("events")), {
    crypto: new FakeCrypto("valve"),
  });

  constructor(initialAngle: number) {
    this.valve = new ValveBench(initialAngle);
  }

  /** A start of the application for the given cause. */
  open(
    wakeCause: WakeCause,
    own: Partial<ValveSettings & ExerciseSettings> = {},
  ): {
    duty: ValveDuty;
    metering: Metering;
    retained: RetainedSlices;
  } {
    const { power, flash } = this;
    const { clock } = this.valve;
    power.wakeCause = wakeCause;
    const retained = new RetainedSlices(power.retained, power.wakeCause);
    const input = this.#input.connection;
    const metering = new Metering({
      ...{ input, clock, power, retained, events: this.#events },
      storage: new MeterStorage(flash, power, retained, settings.eraseAheadMillivolts),
      settings,
      calibrationEpoch: 0,
    });
    const valveSettings = { ...settings, ...own };
    const duty = new ValveDuty(this.valve.connection(), valveSettings, valveSettings, {
      hardware: { clock },
      metering,
      retained,
      note: (event, detail) => this.notes.push([event, detail]) > 0,
    });
    return { duty, metering, retained };
  }

  run(duty: ValveDuty): Promise<void> {
    return this.valve.settle(duty.run());
  }

  /** The newest record of the journal, as the next start will find it. */
  get newest(): MeterRecord | undefined {
    return new Journal(storageOn(this.flash.partition("journal"))).newest;
  }
}

/** A commissioned meter whose next exercise is due. */
async function dueForExercise(): Promise<DutyBench> {
  const bench = new DutyBench(1);
  const { duty, retained } = bench.open("power-on");
  bench.valve.pass(1000);
  await bench.run(duty);
  retained.save();
  bench.valve.pass(settings.valveExerciseDays * dayMilliseconds);
  return bench;
}

describe("commissioning", () => {
  it("is due as soon as the battery is connected", () => {
    expect(new DutyBench(0).open("power-on").duty.isDue).toBe(true);
  });

  it.each([0, 0.4, 1])("opens a valve that stands at %d", async (initialAngle) => {
    const bench = new DutyBench(initialAngle);
    const { duty, metering } = bench.open("power-on");
    await bench.run(duty);
    expect(bench.valve.valve.limit("open")).toBe(1);
    expect(metering.valve).toBe("open");
    expect(bench.newest).toMatchObject({ cause: "after-valve", valve: "open" });
    expect(bench.notes).toEqual([["valve-moved", 1]]);
  });

  it("is written down before the motor starts", async () => {
    const bench = new DutyBench(0);
    const moving = bench.open("power-on").duty.run();
    expect(bench.newest).toMatchObject({ cause: "before-valve", valve: "moving" });
    await bench.valve.settle(moving);
  });

  it("is not repeated by the next wake, nor by a reset during the move", async () => {
    const bench = new DutyBench(0);
    const { duty } = bench.open("power-on");
    bench.valve.pass(5000);
    const moving = duty.run();
    expect(new ValveMemory(new RetainedSlices(bench.power.retained, "watchdog")).ticks).toBe(5000);
    await bench.valve.settle(moving);
    expect(bench.open("timer").duty.isDue).toBe(false);
  });

  it("gives the pins back and leaves the motor off", async () => {
    const bench = new DutyBench(0);
    await bench.run(bench.open("power-on").duty);
    expect(bench.valve.openPins.size).toBe(0);
    expect(bench.valve.valve.currentMilliamperes).toBe(0);
  });

  it("journals a valve that jams as failed, and tries again a month later", async () => {
    const bench = new DutyBench(0);
    bench.valve.valve.faults = { jamAngle: 0.5 };
    const { duty, metering, retained } = bench.open("power-on");
    await bench.run(duty);
    expect(metering.valve).toBe("failed");
    expect(bench.newest).toMatchObject({ cause: "after-valve", valve: "failed" });
    expect(bench.notes).toEqual([["valve-failed", 0]]);
    expect(bench.valve.openPins.size).toBe(0);
    retained.save();
    bench.valve.valve.faults = {};
    bench.valve.pass(settings.valveExerciseDays * dayMilliseconds);
    const later = bench.open("timer");
    expect(later.duty.isDue).toBe(true);
    await bench.run(later.duty);
    expect(bench.newest).toMatchObject({ valve: "open" });
    expect(bench.valve.valve.limit("open")).toBe(1);
  });
});

describe("the monthly exercise", () => {
  it("is due after thirty days, and not before", async () => {
    const bench = await dueForExercise();
    expect(bench.open("timer").duty.isDue).toBe(true);
    const early = new DutyBench(1);
    early.valve.pass(1000);
    const { duty } = early.open("power-on");
    await early.run(duty);
    early.valve.pass(settings.valveExerciseDays * dayMilliseconds - 1);
    expect(duty.isDue).toBe(false);
    early.valve.pass(1);
    expect(duty.isDue).toBe(true);
  });

  it("moves the ball part of its way and back to open", async () => {
    const bench = await dueForExercise();
    const { duty, metering } = bench.open("timer");
    const angles: number[] = [];
    const startsBefore = bench.valve.starts;
    const onDriveChange = bench.valve.valve.onDriveChange;
    bench.valve.valve.onDriveChange = (open, close) => {
      angles.push(bench.valve.valve.angle);
      onDriveChange?.(open, close);
    };
    await bench.run(duty);
    expect(bench.valve.starts - startsBefore).toBe(2);
    // Three seconds of a stroke of six.
    expect(Math.min(...angles)).toBeCloseTo(0.5, 1);
    expect(bench.valve.valve.limit("open")).toBe(1);
    expect(metering.valve).toBe("open");
    expect(bench.newest).toMatchObject({ cause: "after-valve", valve: "open" });
  });

  it("comes again thirty days after the last", async () => {
    const bench = await dueForExercise();
    const { duty } = bench.open("timer");
    const startTicks = bench.valve.clock.ticks;
    await bench.run(duty);
    expect(duty.nextTicks).toBe(startTicks + settings.valveExerciseDays * dayMilliseconds);
  });

  it("is reported as failed when the ball does not turn, with the motor off", async () => {
    const bench = await dueForExercise();
    bench.valve.valve.faults = { jamAngle: 1 };
    const { duty, metering } = bench.open("timer");
    await bench.run(duty);
    expect(metering.valve).toBe("failed");
    expect(bench.newest).toMatchObject({ cause: "after-valve", valve: "failed" });
    expect(bench.valve.valve.currentMilliamperes).toBe(0);
    expect(bench.valve.openPins.size).toBe(0);
  });

  it("is reported as failed when the ball sticks on its way back", async () => {
    const bench = await dueForExercise();
    const { duty, metering } = bench.open("timer");
    const moving = duty.run();
    bench.valve.pass(2000);
    bench.valve.valve.faults = { jamAngle: 0.8 };
    await bench.valve.settle(moving);
    expect(metering.valve).toBe("failed");
    expect(bench.valve.wereBothOn).toBe(false);
  });

  it("runs within a full stroke's time whatever the settings ask for", async () => {
    const bench = await dueForExercise();
    // Each is within its own range.
    const { duty, metering } = bench.open("timer", {
      valveExerciseMilliseconds: 30_000,
      valveTravelTimeoutSeconds: 10,
    });
    await bench.run(duty);
    expect(metering.valve).toBe("open");
    expect(bench.newest).toMatchObject({ cause: "after-valve", valve: "open" });
  });

  it("that a reset cut off is taken up again the same day: the water must not stay shut", async () => {
    const bench = await dueForExercise();
    const moving = bench.open("timer").duty.run();
    bench.valve.pass(2500);
    // The reset: the pins fall back, and nothing of the run is left.
    bench.valve.valve.setDrive("close", 0);
    bench.valve.openPins.clear();
    void moving;
    expect(bench.valve.valve.limit("open")).toBe(0);
    const { duty, metering } = bench.open("watchdog");
    expect(metering.valve).toBe("moving");
    expect(duty.nextTicks - bench.valve.clock.ticks).toBeLessThanOrEqual(dayMilliseconds);
  });

  it("that resets cut off again and again is tried in growing pauses, of a day at most", async () => {
    const bench = await dueForExercise();
    const pauses: number[] = [];
    let { duty } = bench.open("timer");
    for (let attempt = 1; attempt <= 6; attempt++) {
      const startTicks = bench.valve.clock.ticks;
      void duty.run();
      bench.valve.valve.setDrive("close", 0);
      bench.valve.openPins.clear();
      ({ duty } = bench.open("watchdog"));
      pauses.push((duty.nextTicks - startTicks) / 60_000);
      expect(duty.isDue).toBe(false);
      bench.valve.world.nowMicroseconds = duty.nextTicks * 1000;
      expect(duty.isDue).toBe(true);
    }
    expect(pauses).toEqual([10, 40, 160, 640, 1440, 1440]);
  });

  it("counts attempts anew once a move has come to its end", async () => {
    const bench = await dueForExercise();
    await bench.run(bench.open("timer").duty);
    expect(new ValveMemory(new RetainedSlices(bench.power.retained, "timer")).attempts).toBe(0);
  });
});
