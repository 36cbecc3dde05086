import { requireInvariant } from "../../hal/base/invariant.js";
import type { Metering } from "../legal/metering.js";
import type { DeliveryLog } from "./delivery-log.js";
import { IntervalSeries } from "./interval-series.js";
import type { ReadingSource } from "../readings/reading.js";
import type { ToldReadings } from "../readings/readings.js";
import { buildReport } from "./report.js";

/** A report on its way, and what its acknowledgement will confirm. */
export interface OutgoingReport {
  readonly payload: Uint8Array;
  readonly source: ReadingSource;
  /** Sequence number of the last interval value in it. */
  readonly lastSequence: number;
  /** True when more interval values are waiting behind it. */
  readonly isMore: boolean;
}

/** What was acknowledged, from wake to wake. */
export interface AcknowledgementMemory {
  /** Sequence number of an interval value; 0 where nobody knows. */
  acknowledgedSequence: number;
}

export interface OutboxOptions {
  readonly metering: Metering;
  readonly delivery: DeliveryLog;
  readonly memory: AcknowledgementMemory;
  readonly product: ToldReadings;
}

/** Interval values that one report carries at most, and the payload that fits one datagram of the modem. */
const mostIntervals = 72;
const payloadByteLength = 440;

/** What has not been acknowledged yet, as reports of one datagram each. */
export class Outbox {
  #options: OutboxOptions;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** The next report: as many of the oldest unacknowledged interval values as fit. */
  next(source: ReadingSource): OutgoingReport {
    const { metering } = this.#options;
    const newest = metering.newestIntervalSequence;
    const { intervalSequence } = this;
    // A log that has begun anew, its old sectors lost, numbers from 1: all of it is still to be delivered.
    const hasBegunAnew = newest > 0 && newest < intervalSequence;
    const acknowledged = hasBegunAnew ? 0 : intervalSequence;
    const waiting = newest - acknowledged;
    let series = this.collect(acknowledged, waiting > 0 ? Math.min(waiting, mostIntervals) + 1 : 0);
    let payload = this.build(source, series);
    while (payload.byteLength > payloadByteLength && series.length > 1) {
      series = this.collect(acknowledged, Math.ceil(series.length / 2));
      payload = this.build(source, series);
    }
    let lastSequence = acknowledged;
    // What the log does not show, for it has no date, holds nothing up.
    if (waiting > 0) lastSequence = series.isFull ? series.lastSequence : newest;
    requireInvariant(waiting <= 0 || lastSequence <= newest, "a report never passes the log");
    return { payload, source, lastSequence, isMore: lastSequence < newest };
  }

  /**
   * The head-end has `report`: the only thing that moves the watermark. Returns false when flash refuses: then it is known
   * until power is lost, and what comes behind is delivered nonetheless.
   */
  acknowledge({ source, lastSequence }: OutgoingReport): boolean {
    const { metering, delivery, memory } = this.#options;
    requireInvariant(
      lastSequence === this.intervalSequence || lastSequence <= metering.newestIntervalSequence,
      "the watermark never passes the log",
    );
    memory.acknowledgedSequence = lastSequence;
    return delivery.acknowledge({
      intervalSequence: lastSequence,
      forwardPulses: source.status.forwardPulses,
      reversePulses: source.status.reversePulses,
    });
  }

  /** Of the last value that was acknowledged: flash may have refused the newest, a reset may have come before the sleep. */
  private get intervalSequence(): number {
    const { memory, delivery } = this.#options;
    return Math.max(memory.acknowledgedSequence, delivery.watermark.intervalSequence);
  }

  /** At most `count` values; the acknowledged one comes along as the base from which the first interval is counted. */
  private collect(first: number, count: number): IntervalSeries {
    const { metering } = this.#options;
    const series = new IntervalSeries(first, count);
    if (count > 0) metering.visitIntervals(first, series.add.bind(series));
    return series;
  }

  private build(source: ReadingSource, series: IntervalSeries): Uint8Array {
    return buildReport({ product: this.#options.product, source, series });
  }
}
