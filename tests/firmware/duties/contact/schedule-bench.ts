import { ContactMemory } from "../../../../firmware/duties/contact/contact-memory.js";
import { ContactSchedule, spreadSecondOfDay } from "../../../../firmware/duties/contact/contact-schedule.js";
import type { CommunicationSettings } from "../../../../firmware/settings/setting-table.js";
import { buildSettings } from "../../../../firmware/settings/settings.js";
import { crcOfText } from "../../../../firmware/settings/settings-memory.js";
import { water } from "../../../../firmware/products/water.js";
import { RetainedSlices } from "../../../../firmware/storage/retained-slices.js";
import { FakeClock, FakeCrypto, FakeRetainedMemory } from "../../fake-hardware.js";

export const daySeconds = 86_400;
/** 2026-03-01T00:00:00Z. */
export const midnightSeconds = 1_772_323_200;
export const productSettings = buildSettings(water, new Map()).communication;

export class ScheduleBench {
  readonly clock = new FakeClock();
  readonly memory = new FakeRetainedMemory();
  readonly crypto: FakeCrypto;
  retained = new RetainedSlices(this.memory, "power-on");
  readonly settings: CommunicationSettings;
  readonly serialNumber: string;

  constructor(settings: Partial<CommunicationSettings> = {}, serialNumber = "10000001") {
    this.settings = { ...productSettings, ...settings };
    this.serialNumber = serialNumber;
    this.crypto = new FakeCrypto(serialNumber);
  }

  /** A start of the application. */
  open(): ContactSchedule {
    this.retained = new RetainedSlices(this.memory, "timer");
    const { retained, settings: communication, serialNumber } = this;
    const serialNumberCrc = crcOfText(serialNumber);
    const meter = { hardware: this, settings: { communication }, serialNumberCrc };
    return new ContactSchedule(meter, new ContactMemory(retained));
  }

  setTime(seconds: number): void {
    this.clock.setWallTime((midnightSeconds + seconds) * 1000, "network");
  }

  /** Seconds after the bench's midnight. */
  get nowSeconds(): number {
    return this.clock.wallTime.epochMilliseconds / 1000 - midnightSeconds;
  }

  /** Sleeps until the next contact is due; returns how long, in seconds. */
  sleep(schedule: ContactSchedule): number {
    const pause = schedule.nextTicks - this.clock.ticks;
    this.clock.ticks = schedule.nextTicks;
    return pause / 1000;
  }
}

/** A meter whose first contact went well at 12:00. */
export function delivered(settings: Partial<CommunicationSettings> = {}, serialNumber?: string) {
  const bench = new ScheduleBench(settings, serialNumber);
  const schedule = bench.open();
  bench.sleep(schedule);
  schedule.begin();
  bench.setTime(daySeconds / 2);
  schedule.succeed();
  return { bench, schedule, second: spreadSecondOfDay(bench.serialNumber, bench.settings) };
}
