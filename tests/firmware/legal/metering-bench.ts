import type { WakeCause } from "../../../hal/power.js";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { Journal } from "../../../firmware/legal/register/journal.js";
import { announcePowerPeriod, Metering } from "../../../firmware/legal/metering.js";
import { MeteringMemory } from "../../../firmware/legal/retained/metering-memory.js";
import type { MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import { EventLog } from "../../../firmware/events/event-log.js";
import type { MeteringSettings } from "../../../firmware/settings/setting-table.js";
import { buildSettings } from "../../../firmware/settings/settings.js";
import { water } from "../../../firmware/products/water.js";
import { MeterStorage } from "../../../firmware/storage/meter-storage.js";
import { RetainedSlices } from "../../../firmware/storage/retained-slices.js";
import { FakeFlash, type FlashStep } from "../fake-flash.js";
import { FakeClock, FakeCrypto, FakeFlashChip, FakePower, FakePulseInput } from "../fake-hardware.js";

export const hourMilliseconds = 3_600_000;
/** 2026-03-01T00:00:00Z. */
export const midnightSeconds = 1_772_323_200;

/** The product's own: a checkpoint every 10 pulses or hour, at most one per 10 s, hourly intervals. */
export const meteringSettings: MeteringSettings = buildSettings(water, new Map()).metering;

/** What metering needs of a meter, and the ways in which a run can start and end. */
export class MeteringBench {
  readonly clock = new FakeClock();
  readonly power = new FakePower();
  readonly input = new FakePulseInput();
  readonly flash = new FakeFlashChip({ journal: 8, intervals: 16, days: 6, months: 6, events: 6 });
  settings: MeteringSettings = meteringSettings;

  /** Starts the application: nothing of an earlier run is left but flash and what is retained. */
  start(cause: WakeCause): Run {
    this.power.wakeCause = cause;
    const { clock, power, flash, settings } = this;
    const retained = new RetainedSlices(power.retained, cause);
    announcePowerPeriod({ power, retained });
    const input = this.input.connection;
    const crypto = new FakeCrypto("events");
    const storage = new MeterStorage(flash, power, retained, settings.eraseAheadMillivolts);
    const events = new EventLog(storage, { crypto });
    const metering = new Metering({
      ...{ input, storage, clock, power, retained, settings, events },
      calibrationEpoch: 0,
    });
    return { retained, memory: new MeteringMemory(retained), metering, events };
  }

  /** The battery is taken out and put back. */
  losePower(): void {
    this.clock.losePower();
    this.power.retained.losePower();
    this.input.losePower();
  }

  /** Sets the date to so many seconds after the bench's midnight. */
  setTime(seconds: number): void {
    this.clock.setWallTime((midnightSeconds + seconds) * 1000, "network");
  }

  /** Lets time pass until the date is so many seconds after the bench's midnight. */
  waitUntil(seconds: number): void {
    const milliseconds = (midnightSeconds + seconds) * 1000 - this.clock.wallTime.epochMilliseconds;
    if (milliseconds < 0) throw new Error("that moment is over");
    this.clock.ticks += milliseconds;
  }

  /** The newest record of the journal, as the next start will find it. */
  get newest(): MeterRecord | undefined {
    const { image } = this.flash.partition("journal").nor;
    return new Journal(storageOn(new FakeFlash(image.length / 4096, image))).newest;
  }

  /** Calls `onProgram` before each record or header that goes to any partition. */
  watchPrograms(onProgram: (partition: string, step: FlashStep) => void): void {
    for (const [label, partition] of this.flash.partitions)
      partition.onStep = (step) => {
        if (step.kind === "program") onProgram(label, step);
        return undefined;
      };
  }
}

export interface Run {
  readonly metering: Metering;
  readonly retained: RetainedSlices;
  readonly memory: MeteringMemory;
  readonly events: EventLog;
}

/** Ends a run as the meter does before it sleeps. */
export function endRun({ metering, retained }: Run): void {
  metering.close();
  retained.save();
}

/** Seconds after the bench's midnight and trust of each value. */
export function timesOf(records: readonly MeterRecord[]): (readonly [number, string])[] {
  return records.map(({ epochSeconds, timeTrust }) => [epochSeconds - midnightSeconds, timeTrust]);
}
