import { water } from "../../../firmware/products/water.js";
import type { MeterStatus } from "../../../firmware/readings/meter-status.js";
import type { ReadingSource } from "../../../firmware/readings/reading.js";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import type { Metering } from "../../../firmware/legal/metering.js";
import { DeliveryLog } from "../../../firmware/uplink/delivery-log.js";
import { Outbox } from "../../../firmware/uplink/outbox.js";
import { FakeFlash } from "../fake-flash.js";
import { MeteringBench, midnightSeconds } from "../legal/metering-bench.js";
import { blocksOf, ownTimesOf, readPayload } from "./report-reader.js";

fc.configureGlobal({ seed: 440 });

const hour = 3600;
const payloadBudget = 440;

/** What happened before an hour's value was taken. */
interface Hour {
  /** Hours since the value before; more than one is a gap. */
  readonly hours: number;
  readonly forward: number;
  readonly reverse: number;
}

class OutboxBench {
  metering: Metering;
  readonly deliveryFlash = new FakeFlash(6);
  delivery = new DeliveryLog(storageOn(this.deliveryFlash));
  /** What outlives a sleep. */
  memory = { acknowledgedSequence: 0 };
  readonly #bench = new MeteringBench();
  #hour = 1;

  constructor() {
    this.metering = this.#bench.start("power-on").metering;
    this.#bench.setTime(hour);
    this.metering.recordWhatIsDue();
  }

  record(hours: readonly Hour[]): void {
    for (const { hours: pause, forward, reverse } of hours) {
      this.#hour += pause;
      this.#bench.input.pass(forward, reverse);
      this.#bench.waitUntil(this.#hour * hour);
      this.metering.recordWhatIsDue();
    }
  }

  /** Hour after hour without a gap. */
  recordHours(count: number, forward = 10): void {
    this.record(Array.from({ length: count }, () => ({ hours: 1, forward, reverse: 0 })));
  }

  /** The battery is changed twice; in between no network tells the date. */
  recordUndatedHours(count: number): void {
    this.#bench.losePower();
    this.metering = this.#bench.start("power-on").metering;
    for (let index = 0; index < count; index++) {
      this.#bench.clock.ticks += hour * 1000;
      this.metering.recordWhatIsDue();
    }
    this.#bench.losePower();
    this.metering = this.#bench.start("power-on").metering;
  }

  /** Every sector of the interval log turns out to be lost when the meter is reset. */
  loseIntervals(): void {
    this.#bench.flash.partition("intervals").nor.image.fill(0xff);
    this.metering.close();
    this.metering = this.#bench.start("watchdog").metering;
  }

  /** Somebody changes the setting; the next wake works with it. */
  setIntervalSeconds(intervalSeconds: number): void {
    this.#bench.settings = { ...this.#bench.settings, intervalSeconds };
    this.metering.close();
    this.metering = this.#bench.start("timer").metering;
  }

  open(): Outbox {
    this.delivery = new DeliveryLog(storageOn(this.deliveryFlash));
    const { metering, delivery } = this;
    return new Outbox({ metering, delivery, product: water, memory: this.memory });
  }

  get source(): ReadingSource {
    const { status } = this;
    return { status, serialNumber: "", productName: "water", pulseWeightMillilitres: 1000, lastContact: 0 };
  }

  get status(): MeterStatus {
    return {
      epochSeconds: midnightSeconds + this.#hour * hour + 70,
      poweredSeconds: 70_000,
      forwardPulses: this.metering.forwardPulses,
      reversePulses: this.metering.reversePulses,
      batteryMillivolts: 3600,
      errorCode: 0,
      isValveOpen: true,
    };
  }

  /** The pulses of each interval between two neighbouring values, by its end: what a head-end should come to know. */
  get expectedIntervals(): Map<number, readonly [number, number]> {
    const values = this.metering.intervalsFrom(0, 9999);
    const intervals = new Map<number, readonly [number, number]>();
    values.forEach((value, index) => {
      const before = values[index - 1];
      if (!before || value.epochSeconds - before.epochSeconds > hour) return;
      const forward = value.forwardPulses - before.forwardPulses;
      intervals.set(value.epochSeconds, [forward, value.reversePulses - before.reversePulses]);
    });
    return intervals;
  }
}

/** Each interval of a report by its end, in the order of the report. */
function intervalsOf(payload: Uint8Array): (readonly [number, readonly [number, number]])[] {
  return blocksOf(payload).flatMap(({ startEpochSeconds, periodSeconds, deltas }) =>
    deltas.map(
      ({ forward, reverse }, index) =>
        [startEpochSeconds + (index + 1) * periodSeconds, [forward, reverse ?? NaN]] as const,
    ),
  );
}

/** Delivers all there is; returns every interval in the order of its arrival. */
function deliverAll(bench: OutboxBench): (readonly [number, readonly [number, number]])[] {
  const arrived: (readonly [number, readonly [number, number]])[] = [];
  for (let count = 0; count < 500; count++) {
    const outbox = bench.open();
    const report = outbox.next(bench.source);
    expect(report.payload.byteLength).toBeLessThanOrEqual(payloadBudget);
    arrived.push(...intervalsOf(report.payload));
    expect(outbox.acknowledge(report)).toBe(true);
    if (!report.isMore) return arrived;
  }
  throw new Error("the outbox never comes to an end");
}

describe("Outbox", () => {
  it("has the registers to tell when there is no interval yet", () => {
    const bench = new OutboxBench();
    const report = bench.open().next(bench.source);
    expect(readPayload(report.payload)[0]).toMatchObject({ path: "/3424/0/4", value: 0 });
    expect(intervalsOf(report.payload)).toEqual([]);
    expect(report.isMore).toBe(false);
  });

  it("puts a day into one report", () => {
    const bench = new OutboxBench();
    bench.recordHours(24, 37);
    const report = bench.open().next(bench.source);
    expect(report).toMatchObject({ isMore: false, lastSequence: 25 });
    expect(intervalsOf(report.payload)).toEqual([...bench.expectedIntervals]);
  });

  it("tells the same again, byte for byte, until it is acknowledged", () => {
    const bench = new OutboxBench();
    bench.recordHours(100);
    const first = bench.open().next(bench.source);
    expect(bench.open().next(bench.source)).toEqual(first);
    expect(bench.delivery.watermark.intervalSequence).toBe(0);
  });

  it("moves the watermark to the report's last value when it is acknowledged", () => {
    const bench = new OutboxBench();
    bench.recordHours(30);
    const outbox = bench.open();
    const report = outbox.next(bench.source);
    outbox.acknowledge(report);
    bench.open();
    expect(bench.delivery.watermark).toEqual({
      intervalSequence: report.lastSequence,
      forwardPulses: bench.metering.forwardPulses,
      reversePulses: bench.metering.reversePulses,
    });
  });

  it("goes on behind what was acknowledged, without telling it again", () => {
    const bench = new OutboxBench();
    bench.recordHours(30);
    const before = deliverAll(bench);
    bench.recordHours(5);
    expect([...before, ...deliverAll(bench)]).toEqual([...bench.expectedIntervals]);
  });

  it("does not take values into an acknowledgement that were recorded after the report", () => {
    const bench = new OutboxBench();
    bench.recordHours(3);
    const outbox = bench.open();
    const report = outbox.next(bench.source);
    bench.recordHours(2);
    outbox.acknowledge(report);
    expect(deliverAll(bench)).toHaveLength(2);
  });

  it.each([
    ["shorter", 3600, 900],
    ["longer", 900, 3600],
    ["another that is no part of it", 1440, 3200],
  ])(
    "delivers what was recorded before the interval became %s, as long as it was, then what came after",
    (_, before, after) => {
      const bench = new OutboxBench();
      bench.setIntervalSeconds(before);
      bench.record(Array.from({ length: 30 }, () => ({ hours: before / hour, forward: 7, reverse: 1 })));
      const old = [...bench.expectedIntervals];
      expect(old).toHaveLength(30);
      bench.setIntervalSeconds(after);
      bench.record(Array.from({ length: 10 }, () => ({ hours: after / hour, forward: 5, reverse: 0 })));
      const arrived = deliverAll(bench);
      expect(arrived.slice(0, 30)).toEqual(old);
      expect(arrived).toEqual([...bench.expectedIntervals]);
    },
  );

  it("tells each value that bounds no interval as a register before it counts as delivered", () => {
    const bench = new OutboxBench();
    bench.recordHours(2);
    deliverAll(bench);
    bench.record([
      { hours: 3, forward: 5, reverse: 0 },
      { hours: 4, forward: 6, reverse: 1 },
    ]);
    const told = readPayload(bench.open().next(bench.source).payload);
    expect(told.filter(({ epochSeconds }) => epochSeconds === midnightSeconds + 6 * hour)).toEqual([
      { path: "/3424/0/4", epochSeconds: midnightSeconds + 6 * hour, value: 25 },
      { path: "/3424/1/4", epochSeconds: midnightSeconds + 6 * hour, value: 0 },
    ]);
    expect(told.some(({ epochSeconds }) => epochSeconds === midnightSeconds + 10 * hour)).toBe(true);
  });

  it("tells of dated intervals by their date while the present has none", () => {
    const bench = new OutboxBench();
    bench.recordHours(5);
    const status = { ...bench.status, epochSeconds: undefined };
    const report = bench.open().next({ ...bench.source, status });
    expect(report.isMore).toBe(false);
    expect(intervalsOf(report.payload)).toEqual([...bench.expectedIntervals]);
    const first = midnightSeconds + hour;
    expect(ownTimesOf(report.payload, "/3424/0/4")).toEqual([undefined, first]);
  });

  it("goes on behind what was acknowledged although flash refuses to keep that", () => {
    const bench = new OutboxBench();
    bench.recordHours(100);
    bench.deliveryFlash.onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    const first = bench.open().next(bench.source);
    expect(bench.open().acknowledge(first)).toBe(false);
    const second = bench.open().next(bench.source);
    expect(second.isMore).toBe(false);
    const told = [...intervalsOf(first.payload), ...intervalsOf(second.payload)];
    expect(told).toEqual([...bench.expectedIntervals]);
  });

  it("begins again where power was lost before flash had kept it, and a repeat changes nothing", () => {
    const bench = new OutboxBench();
    bench.recordHours(5);
    bench.deliveryFlash.onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    bench.open().acknowledge(bench.open().next(bench.source));
    bench.memory = { acknowledgedSequence: 0 };
    expect(intervalsOf(bench.open().next(bench.source).payload)).toEqual([...bench.expectedIntervals]);
  });

  it("comes to an end behind values that nobody can date any more", () => {
    const bench = new OutboxBench();
    bench.recordUndatedHours(3);
    const report = bench.open().next(bench.source);
    expect(intervalsOf(report.payload)).toEqual([]);
    expect(report.isMore).toBe(false);
    expect(report.lastSequence).toBe(bench.metering.newestIntervalSequence);
  });

  it.each([1, 5, 29])(
    "delivers all %d intervals of a log that was lost and has begun anew, once",
    (count) => {
      const bench = new OutboxBench();
      bench.recordHours(30);
      deliverAll(bench);
      bench.loseIntervals();
      // The first value has none before it from which an interval could be counted.
      bench.recordHours(1 + count);
      expect(bench.expectedIntervals.size).toBe(count);
      expect(deliverAll(bench)).toEqual([...bench.expectedIntervals]);
      bench.recordHours(2);
      expect(deliverAll(bench)).toHaveLength(2);
    },
  );

  it("delivers a backlog of weeks in order and without loss", () => {
    const bench = new OutboxBench();
    bench.recordHours(500, 123);
    expect(deliverAll(bench)).toEqual([...bench.expectedIntervals]);
  });

  it("delivers what flash still has of a backlog that outgrew it", () => {
    const bench = new OutboxBench();
    bench.recordHours(1500, 3);
    const expected = [...bench.expectedIntervals];
    expect(expected.length).toBeLessThan(1499);
    expect(expected.length).toBeGreaterThan(6 * 127);
    expect(deliverAll(bench)).toEqual(expected);
  });

  it("delivers any backlog, with whatever gaps and flow, in order, without loss and within a datagram", () => {
    const hours = fc.record({
      hours: fc.oneof(
        { weight: 4, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: fc.integer({ min: 2, max: 30 }) },
      ),
      forward: fc.oneof(fc.nat(60), fc.nat(0xffff), fc.nat(0xfffffff)),
      reverse: fc.oneof(fc.constant(0), fc.nat(0xfffff)),
    });
    fc.assert(
      fc.property(fc.array(hours, { maxLength: 160, size: "max" }), fc.nat(100), (backlog, split) => {
        const bench = new OutboxBench();
        bench.record(backlog.slice(0, split));
        const arrived = deliverAll(bench);
        bench.record(backlog.slice(split));
        expect([...arrived, ...deliverAll(bench)]).toEqual([...bench.expectedIntervals]);
      }),
      { numRuns: 40 },
    );
  });
});
