import { describe, expect, it } from "@jest/globals";
import type { Hardware } from "../../hal/hardware.js";
import type { Failure } from "../../hal/failure.js";
import type { SleepRequest, WakeCause } from "../../hal/power.js";
import { storageOn } from "../../sim/run/flash/flash-access.js";
import { Bc660kGl } from "../../drivers/nb-iot/bc660k-gl/bc660k-gl.js";
import { DutyMemory } from "../../firmware/duties/duty-memory.js";
import { ContactMemory } from "../../firmware/duties/contact/contact-memory.js";
import { contactDuty } from "../../firmware/duties/contact/contact-duty.js";
import { valveDuty } from "../../firmware/duties/valve/valve-duty.js";
import { type EventEntry, EventLog } from "../../firmware/events/event-log.js";
import { newestFailures } from "../../firmware/failures/failure-entries.js";
import { Meter } from "../../firmware/meter.js";
import { Journal } from "../../firmware/legal/register/journal.js";
import { sealRecord } from "../../firmware/legal/rings/record.js";
import type { Product } from "../../firmware/products/product.js";
import { gas } from "../../firmware/products/gas.js";
import { SettingsStore } from "../../firmware/settings/settings-store.js";
import { water } from "../../firmware/products/water.js";
import { RetainedSlices } from "../../firmware/storage/retained-slices.js";
import { settle } from "../virtual-clock.js";
import { ValveBench } from "../drivers/valve-actuator/valve-bench.js";
import { FakeFlash } from "./fake-flash.js";
import {
  FakeClock,
  FakeCrypto,
  FakeFlashChip,
  FakePower,
  FakePulseInput,
  sealedChip,
} from "./fake-hardware.js";

/** 2026-03-01T00:00:00Z. */
const midnightSeconds = 1_772_323_200;

/** Those that these tests are about: their clock sets no timer, as a run does beside a duty that is due at the first start. */
const duties = [valveDuty, contactDuty];

/** A meter, with a valve or without, whose modem nobody may touch: no contact is due in the runs of these tests. */
class MeterBench {
  readonly clock = new FakeClock();
  readonly power = new FakePower();
  readonly input = new FakePulseInput();
  readonly flash = new FakeFlashChip({
    ...{ journal: 8, intervals: 16, days: 6, months: 6, events: 6, settings: 6, delivery: 4, failures: 6 },
  });
  readonly feeds: number[] = [];
  /** What ended the run before the next one. */
  failure: Failure | undefined;
  product: Product = water;
  readonly #valve: ValveBench | undefined;

  /** The clock is that of the valve's bench where there is one. */
  constructor(valve?: ValveBench) {
    this.#valve = valve;
  }

  async run(cause: WakeCause): Promise<SleepRequest> {
    this.power.wakeCause = cause;
    const meter = new Meter(this.#hardware, { product: this.product, Modem: Bc660kGl, duties });
    meter.begin();
    await meter.doWhatIsDue();
    return meter.end();
  }

  /** What the event log holds, as the next start will find it. */
  get events(): EventEntry[] {
    const entries: EventEntry[] = [];
    const { image } = this.flash.partition("events").nor;
    const flash = new FakeFlash(image.length / 4096, image);
    const log = new EventLog(storageOn(flash), { crypto: new FakeCrypto("reader") });
    log.visitFrom(0, (entry) => entries.push(entry) > 0);
    return entries;
  }

  get eventNames(): string[] {
    return this.events.map(({ event, detail }) => `${event} ${detail}`);
  }

  get journal(): Journal {
    const { image } = this.flash.partition("journal").nor;
    return new Journal(storageOn(new FakeFlash(image.length / 4096, image)));
  }

  get retained(): RetainedSlices {
    return new RetainedSlices(this.power.retained, "timer");
  }

  /** Makes every record of the journal one of a layout that only a newer firmware knows. */
  renewJournal(): void {
    const { image } = this.flash.partition("journal").nor;
    for (let address = 0; address < image.length; address += 32) {
      const record = image.subarray(address, address + 32);
      if (record[0] !== 1) continue;
      record[0] = 2;
      sealRecord(record);
    }
  }

  /** Puts the next contact off until the given ticks. */
  postponeContact(ticks: number): void {
    const { retained } = this;
    new ContactMemory(retained).ticks = ticks;
    new DutyMemory(retained).nextTicks = 0;
    retained.save();
  }

  get #hardware(): Hardware {
    const { power, flash } = this;
    const clock = this.#valve?.clock ?? this.clock;
    return {
      serialNumber: "26030001",
      ...sealedChip,
      failure: this.failure,
      ...{ clock, power, flash, pulseInput: this.input.connection, crypto: new FakeCrypto("meter") },
      watchdog: { feed: (timeoutSeconds) => this.feeds.push(timeoutSeconds) },
      boot: {
        runningSlot: "ota_0",
        imageHash: "",
        isTrial: false,
        markValid: untouched,
        rollBack: untouched,
      },
      get modem(): never {
        return untouched();
      },
      get service(): never {
        return untouched();
      },
      valve: this.#valve?.connection(),
    };
  }
}

function untouched(): never {
  throw new Error("nothing under test touches this");
}

describe("the meter's first run", () => {
  it("notes that the battery was connected, with no date", async () => {
    const bench = new MeterBench();
    await bench.run("power-on");
    expect(bench.events).toMatchObject([{ sequence: 1, event: "power-on", detail: 0, epochSeconds: 0 }]);
  });

  it("writes the register down before anything else", async () => {
    const bench = new MeterBench();
    bench.input.pass(3, 1);
    const order: string[] = [];
    for (const [label, partition] of bench.flash.partitions)
      partition.onStep = ({ kind }) => {
        if (kind === "program") order.push(label);
        return undefined;
      };
    await bench.run("power-on");
    expect(order[0]).toBe("journal");
    expect(bench.journal.newest).toMatchObject({ cause: "start", forwardPulses: 3, reversePulses: 1 });
  });

  it("sleeps until its first contact, the next ten pulses or a press of the button", async () => {
    const bench = new MeterBench();
    const request = await bench.run("power-on");
    expect(request).toMatchObject({ afterPulses: 10, onServiceButton: true });
    expect(request.untilTicks).toBe(new ContactMemory(bench.retained).ticks);
    expect(request.untilTicks).toBeGreaterThan(0);
    expect(request.untilTicks).toBeLessThanOrEqual(60_000);
  });

  it("feeds the watchdog and gives the pulse input back", async () => {
    const bench = new MeterBench();
    await bench.run("power-on");
    expect(bench.feeds.length).toBeGreaterThan(0);
    expect(bench.input.isOpen).toBe(false);
  });

  it("writes the register down once more when the supply fails while the valve moves", async () => {
    const valve = new ValveBench(0);
    const bench = new MeterBench(valve);
    void bench.run("power-on");
    await settle();
    valve.pass(1000);
    bench.input.pass(7);
    bench.power.onBrownOut?.();
    expect(bench.journal.newest).toMatchObject({ cause: "brown-out", forwardPulses: 7, valve: "moving" });
  });

  it("takes a checkpoint in time while the valve moves", async () => {
    const valve = new ValveBench(0);
    const bench = new MeterBench(valve);
    bench.input.pass(1);
    void bench.run("power-on");
    await settle();
    const feeds = bench.feeds.length;
    bench.input.pass(40);
    valve.pass(10_100);
    expect(bench.journal.newest).toMatchObject({ cause: "pulses", forwardPulses: 41 });
    expect(bench.feeds.length).toBeGreaterThan(feeds);
  });
});

describe("a later run", () => {
  it.each<[WakeCause, number]>([
    ["brown-out", 1],
    ["watchdog", 2],
    ["software", 3],
  ])("after a reset (%s) notes it with detail %d and the date", async (cause, detail) => {
    const bench = new MeterBench();
    await bench.run("power-on");
    bench.clock.setWallTime(midnightSeconds * 1000 + 999, "network");
    await bench.run(cause);
    expect(bench.events).toMatchObject([
      { event: "power-on" },
      { event: "reset", detail, epochSeconds: midnightSeconds },
    ]);
  });

  it.each<WakeCause>(["timer", "pulses"])("after a sleep (%s) notes nothing", async (cause) => {
    const bench = new MeterBench();
    await bench.run("power-on");
    bench.clock.ticks = 5;
    await bench.run(cause);
    expect(bench.eventNames).toEqual(["power-on 0"]);
  });

  it("after a sleep opens no log but the journal", async () => {
    const bench = new MeterBench();
    await bench.run("power-on");
    const touched = new Set<string>();
    for (const [label, partition] of bench.flash.partitions)
      partition.onStep = () => {
        touched.add(label);
        return undefined;
      };
    await bench.run("pulses");
    expect([...touched]).toEqual(["journal"]);
  });

  it("counts on from where the last one ended", async () => {
    const bench = new MeterBench();
    bench.input.pass(4);
    await bench.run("power-on");
    bench.input.pass(16, 2);
    bench.clock.ticks = 11_000;
    bench.postponeContact(3_000_000);
    await bench.run("pulses");
    expect(bench.journal.newest).toMatchObject({ cause: "pulses", forwardPulses: 20, reversePulses: 2 });
  });
});

describe("a journal that a newer firmware has written", () => {
  it.each<WakeCause>(["power-on", "watchdog"])("is noted at the start (%s)", async (cause) => {
    const bench = new MeterBench();
    await bench.run("power-on");
    bench.renewJournal();
    await bench.run(cause);
    expect(bench.eventNames).toContain("unknown-record 0");
  });

  it("is not noted again at each wake", async () => {
    const bench = new MeterBench();
    await bench.run("power-on");
    bench.renewJournal();
    await bench.run("timer");
    expect(bench.eventNames).toEqual(["power-on 0"]);
  });
});

describe("flash that fails", () => {
  it("is noted with the number of slots and sectors that failed", async () => {
    const bench = new MeterBench();
    let programs = 0;
    bench.flash.partition("journal").onStep = ({ kind }) =>
      kind === "program" && ++programs > 1 && programs <= 4 ? "refused" : undefined;
    await bench.run("power-on");
    expect(bench.eventNames).toEqual(["power-on 0", "flash-fault 3"]);
    expect(bench.journal.newest?.cause).toBe("start");
  });

  it("does not keep the meter awake when no partition can be written at all", async () => {
    const bench = new MeterBench();
    for (const partition of bench.flash.partitions.values())
      partition.onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    bench.input.pass(50);
    const request = await bench.run("power-on");
    expect(request.untilTicks).toBeGreaterThan(bench.clock.ticks);
    expect(request.afterPulses).toBe(0);
  });
});

describe("the run after one that failed", () => {
  const failure = { module: "firmware/duties/valve/valve-policy", reason: "TypeError: no such move" };

  function failuresOf(bench: MeterBench) {
    const { image } = bench.flash.partition("failures").nor;
    return newestFailures(storageOn(new FakeFlash(image.length / 4096, image)), 10);
  }

  it("writes down what was thrown and where, with the date", async () => {
    const bench = new MeterBench();
    await bench.run("power-on");
    bench.clock.setWallTime(midnightSeconds * 1000, "network");
    bench.failure = failure;
    await bench.run("software");
    expect(failuresOf(bench)).toEqual([
      { text: "firmware/duties/valve/valve-policy: TypeError: no such move", epochSeconds: midnightSeconds },
    ]);
    expect(bench.eventNames).toEqual(["power-on 0", "reset 3"]);
  });

  it("counts and records, and leaves the valve for the next wake", async () => {
    const valve = new ValveBench(0);
    const bench = new MeterBench(valve);
    bench.failure = failure;
    bench.input.pass(30);
    const request = await bench.run("software");
    expect(bench.journal.newest).toMatchObject({ forwardPulses: 30, valve: "none" });
    expect(request.untilTicks).toBeLessThanOrEqual(valve.clock.ticks);
    expect(bench.input.isOpen).toBe(false);
  });

  it("counts on a board that has no room for failures too", async () => {
    const bench = new MeterBench();
    bench.failure = failure;
    (bench.flash.partitions as Map<string, FakeFlash>).delete("failures");
    bench.input.pass(3);
    await bench.run("software");
    expect(bench.journal.newest?.forwardPulses).toBe(3);
  });
});

describe("a meter that nobody has told what it is", () => {
  it("is what its image was built as", async () => {
    const bench = new MeterBench();
    bench.product = gas;
    // A gas meter's checkpoint is due after five pulses, a water meter's after ten.
    expect((await bench.run("power-on")).afterPulses).toBe(5);
  });

  it("is what its settings say once they do", async () => {
    const bench = new MeterBench();
    bench.product = gas;
    new SettingsStore(storageOn(bench.flash.partition("settings"))).storeProduct("water");
    expect((await bench.run("power-on")).afterPulses).toBe(10);
  });
});
