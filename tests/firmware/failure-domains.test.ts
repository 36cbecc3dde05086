/**
 * What a fault of one log may cost the others and the count, each of them a whole meter over some days. A day has 24
 * wakes for the hour and as many for pulses.
 */
import { describe, expect, it } from "@jest/globals";
import { duties } from "../../firmware/duties.js";
import { ContactMemory } from "../../firmware/duties/contact/contact-memory.js";
import { DutyMemory } from "../../firmware/duties/duty-memory.js";
import { mostEntriesADay } from "../../firmware/events/event-budget.js";
import { type EventEntry, EventLog } from "../../firmware/events/event-log.js";
import { eventNames } from "../../firmware/events/event-names.js";
import { Journal } from "../../firmware/legal/register/journal.js";
import { Meter } from "../../firmware/meter.js";
import { water } from "../../firmware/products/water.js";
import { RetainedSlices } from "../../firmware/storage/retained-slices.js";
import type { Hardware } from "../../hal/hardware.js";
import type { WakeCause } from "../../hal/power.js";
import { storageOn } from "../../sim/run/flash/flash-access.js";
import { FakeFlash } from "./fake-flash.js";
import {
  FakeClock,
  FakeCrypto,
  FakeFlashChip,
  FakePower,
  FakePulseInput,
  sealedChip,
} from "./fake-hardware.js";

const hourMilliseconds = 3_600_000;
/** 2026-03-01T00:00:00Z. */
const startMilliseconds = 1_772_323_200_000;
const pulsesAnHour = 40;

function untouched(): never {
  throw new Error("nothing but counting is due");
}

/** A meter that only counts, for days. */
class CountingMeter {
  readonly clock = new FakeClock();
  readonly power = new FakePower();
  readonly input = new FakePulseInput();
  readonly flash = new FakeFlashChip({
    ...{ journal: 8, intervals: 16, days: 6, months: 6, events: 40, settings: 6, delivery: 4, failures: 6 },
  });
  /** Programs that a partition was asked for. */
  readonly programs: Record<string, number> = {};

  constructor() {
    this.clock.setWallTime(startMilliseconds, "network");
    this.run("power-on");
    const retained = new RetainedSlices(this.power.retained, "timer");
    new ContactMemory(retained).ticks = 1e12;
    new DutyMemory(retained).nextTicks = 0;
    retained.save();
  }

  run(cause: WakeCause): void {
    this.power.wakeCause = cause;
    const meter = new Meter(this.#hardware, { product: water, Modem: untouched as never, duties });
    meter.begin();
    meter.end();
  }

  /** Two wakes an hour: half an hour's pulses each. */
  pass(hours: number): void {
    for (let half = 0; half < hours * 2; half++) {
      this.clock.ticks += hourMilliseconds / 2;
      this.input.pass(pulsesAnHour / 2);
      this.run(half % 2 === 1 ? "timer" : "pulses");
    }
  }

  refuse(partition: string): void {
    this.programs[partition] = 0;
    this.flash.partition(partition).onStep = ({ kind }) => {
      if (kind !== "program") return undefined;
      this.programs[partition] = (this.programs[partition] ?? 0) + 1;
      return "refused";
    };
  }

  remove(partition: string): void {
    (this.flash.partitions as Map<string, FakeFlash>).delete(partition);
  }

  get journalPulses(): number | undefined {
    return new Journal(storageOn(this.copyOf("journal"))).newest?.forwardPulses;
  }

  get events(): EventEntry[] {
    const entries: EventEntry[] = [];
    const log = new EventLog(storageOn(this.copyOf("events")), { crypto: new FakeCrypto("reader") });
    log.visitFrom(0, (entry) => entries.push(entry) > 0);
    return entries;
  }

  private copyOf(partition: string): FakeFlash {
    const { image } = this.flash.partition(partition).nor;
    return new FakeFlash(image.length / 4096, image);
  }

  get #hardware(): Hardware {
    const { clock, power, flash } = this;
    const boot = {
      runningSlot: "ota_0",
      imageHash: "",
      isTrial: false,
      markValid: untouched,
      rollBack: untouched,
    };
    return {
      serialNumber: "26030001",
      ...sealedChip,
      failure: undefined,
      ...{ clock, power, flash, boot, pulseInput: this.input.connection, crypto: new FakeCrypto("meter") },
      watchdog: { feed: () => undefined },
      get modem(): never {
        return untouched();
      },
      get service(): never {
        return untouched();
      },
      valve: undefined,
    };
  }
}

describe("a meter without the partition of its", () => {
  it.each(["events", "intervals", "days", "months"])(
    "%s counts and writes the register down",
    (partition) => {
      const meter = new CountingMeter();
      meter.remove(partition);
      meter.pass(30);
      expect(meter.journalPulses).toBe(30 * pulsesAnHour);
    },
  );
});

describe("a meter whose flash refuses", () => {
  it.each(["events", "intervals", "days", "months", "settings", "delivery", "failures"])(
    "%s counts and writes the register down",
    (partition) => {
      const meter = new CountingMeter();
      meter.refuse(partition);
      meter.pass(30);
      expect(meter.journalPulses).toBe(30 * pulsesAnHour);
    },
  );

  it("hourly values tries each of them twice, and tells no more of it than the day's budget of events", () => {
    const meter = new CountingMeter();
    meter.refuse("intervals");
    meter.pass(3 * 24);
    const faults = meter.events.filter(({ event }) => event === "flash-fault");
    expect(faults.length).toBeLessThanOrEqual(4 * mostEntriesADay);
    // In each of 72 hours, on time and once later, every slot of a sector in both halves, headers among them.
    expect(meter.programs.intervals).toBeLessThanOrEqual(72 * 2 * 256);
  });
});

describe("a fault that comes with every wake", () => {
  it("takes eight entries a day, and its number is told the day after", () => {
    const meter = new CountingMeter();
    for (let half = 0; half < 4 * 48; half++) {
      meter.input.reading.illegalTransitions++;
      meter.pass(0.5);
    }
    const told = meter.events.filter(({ event }) => event === "sensor-fault" || event === "more-of-a-kind");
    const kind = eventNames.indexOf("sensor-fault");
    const more = told.filter(({ event }) => event === "more-of-a-kind").map(({ detail }) => detail);
    expect(more).toEqual(
      [kind * 0x10000 + 39, kind * 0x10000 + 40, kind * 0x10000 + 40, kind * 0x10000 + 40].slice(
        0,
        more.length,
      ),
    );
    expect(more.length).toBeGreaterThanOrEqual(3);
    expect(told.length).toBeLessThanOrEqual(5 * (mostEntriesADay + 1));
  });

  it("leaves other kinds their own entries", () => {
    const meter = new CountingMeter();
    for (let half = 0; half < 40; half++) {
      meter.input.reading.illegalTransitions++;
      meter.pass(0.5);
    }
    meter.run("watchdog");
    expect(meter.events.at(-1)).toMatchObject({ event: "reset", detail: 2 });
  });
});
