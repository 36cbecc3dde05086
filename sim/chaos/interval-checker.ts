import type { MeterRecord } from "../../firmware/legal/register/meter-record.js";
import type { Report } from "../head-end/head-end.js";
import type { BasedBlock } from "../head-end/report.js";
import type { Readings } from "../head-end/readings.js";
import type { ChaosFindings } from "./findings.js";

/** What the meter wrote down for one interval's end. */
interface Recorded {
  readonly sequence: number;
  readonly forwardPulses: number;
  readonly reversePulses: number;
}

export interface IntervalCheckerOptions {
  readonly findings: ChaosFindings;
  readonly periodSeconds: number;
  readonly readings: () => Readings | undefined;
  /** True when flash still holds the interval value of that date. */
  readonly isReadable: (epochSeconds: number) => boolean;
}

/**
 * Interval values on their way: what the head-end gets is what the meter wrote down, and what the meter takes for
 * delivered, the head-end has.
 */
export class IntervalChecker {
  #options: IntervalCheckerOptions;
  #newestSequence = 0;
  /** By the interval's end in epoch seconds, each with every value it may have: a torn record may be found whole. */
  #recorded = new Map<number, Recorded[]>();
  #tornSequence = 0;
  #watermark = 0;
  /** By the seconds since power came, what was written down without a date in this power period. */
  #undated = new Map<number, Recorded[]>();
  #newestUndatedSeconds = 0;

  constructor(options: IntervalCheckerOptions) {
    this.#options = options;
  }

  /** A value is complete in flash; mirrored logs write it twice. */
  onInterval(record: MeterRecord): void {
    // A mirrored log writes it twice: the copy of a mark begins nothing.
    const isNew = record.sequence > this.#newestSequence;
    this.#newestSequence = Math.max(this.#newestSequence, record.sequence);
    this.#note(record, isNew);
  }

  /** A value was being programmed as power went: it may be found whole, or not. */
  onTornInterval(record: MeterRecord): void {
    this.#tornSequence = Math.max(this.#tornSequence, record.sequence);
    this.#note(record, false);
  }

  /** Everything in a report was written down just so. */
  onReport({ blocks }: Report): void {
    for (const block of blocks) {
      if (block.isDatedByArrival) {
        this.#requireUndated(block);
        continue;
      }
      const { startEpochSeconds, periodSeconds, base, deltas } = block;
      let forward = base.forward;
      let reverse = base.reverse ?? 0;
      this.#requireRecorded(startEpochSeconds, forward, reverse);
      for (const [position, delta] of deltas.entries()) {
        forward += delta.forward;
        reverse += delta.reverse ?? 0;
        this.#requireRecorded(startEpochSeconds + (position + 1) * periodSeconds, forward, reverse);
      }
    }
  }

  /** The meter takes all values up to `sequence` for delivered. */
  onWatermark(sequence: number): void {
    const newest = Math.max(this.#newestSequence, this.#tornSequence);
    if (sequence > newest)
      this.#options.findings.add("intervals", `${sequence} is delivered, ${newest} is the newest`);
    for (const [date, values] of this.#recorded)
      if (values.some((value) => value.sequence > this.#watermark && value.sequence <= sequence))
        this.#requireDelivered(date);
    this.#watermark = Math.max(this.#watermark, sequence);
  }

  /** In the end the head-end still has everything, and no pulse twice. */
  finish(truePulses: number): void {
    for (const [date, values] of this.#recorded)
      if (values.some(({ sequence }) => sequence <= this.#watermark)) this.#requireDelivered(date);
    let sum = 0;
    for (const { forward } of this.#options.readings()?.intervals.values() ?? []) sum += forward;
    if (sum > truePulses)
      this.#options.findings.add(
        "intervals",
        `the head-end's intervals hold ${sum} pulses, ${truePulses} flowed`,
      );
  }

  /** A mark begins a power period without a date, or tells the date of the undated value before it. */
  #note(record: MeterRecord, isNew: boolean): void {
    const { cause, timeTrust, epochSeconds, sequence, forwardPulses, reversePulses } = record;
    const value = { sequence, forwardPulses, reversePulses };
    if (timeTrust !== "unset") {
      if (cause === "start") this.#date(epochSeconds - this.#newestUndatedSeconds);
      add(this.#recorded, epochSeconds, value);
    } else if (cause !== "start") {
      add(this.#undated, epochSeconds, value);
      this.#newestUndatedSeconds = epochSeconds;
    } else if (isNew) this.#undated.clear();
  }

  /** What was told by its arrival has no date that could be compared: it need not be delivered under this one. */
  #date(offsetSeconds: number): void {
    for (const [seconds, values] of this.#undated)
      for (const value of values) {
        const sequence = value.sequence <= this.#watermark ? Infinity : value.sequence;
        add(this.#recorded, seconds + offsetSeconds, { ...value, sequence });
      }
  }

  /** A report without a date tells values that were written down one period behind the other. */
  #requireUndated({ periodSeconds, base, deltas }: BasedBlock): void {
    const fits = [...this.#undated.keys()].some((start) => {
      let { forward } = base;
      let reverse = base.reverse ?? 0;
      return [{ forward: 0, reverse: 0 }, ...deltas].every((delta, position) => {
        forward += delta.forward;
        reverse += delta.reverse ?? 0;
        const values = this.#undated.get(start + position * periodSeconds) ?? [];
        return values.some((value) => isSame(value, forward, reverse));
      });
    });
    if (!fits)
      this.#options.findings.add(
        "intervals",
        `reported ${base.forward} and what follows without a date, and that was not written down so`,
      );
  }

  #requireRecorded(epochSeconds: number, forward: number, reverse: number): void {
    const values = this.#recorded.get(epochSeconds) ?? [];
    if (values.some((value) => isSame(value, forward, reverse))) return;
    const written = values.map(({ forwardPulses }) => forwardPulses).join(" or ") || "nothing";
    const { findings } = this.#options;
    findings.add(
      "intervals",
      `reported ${forward} for ${dateText(epochSeconds)}, written down was ${written}`,
    );
  }

  /** An interval lies between two values; one without a neighbour bounds none, and is told as a register alone. */
  #requireDelivered(date: number): void {
    const { periodSeconds, readings, findings, isReadable } = this.#options;
    const before = date - periodSeconds;
    if (!this.#recorded.has(before) || readings()?.intervals.has(date)) return;
    // What a failing sector took with it costs resolution, never volume.
    if (!isReadable(date) || !isReadable(before)) return;
    findings.add(
      "intervals",
      `the interval ending ${dateText(date)} counts as delivered, the head-end lacks it`,
    );
  }
}

function add(recorded: Map<number, Recorded[]>, seconds: number, value: Recorded): void {
  const known = recorded.get(seconds);
  if (!known) recorded.set(seconds, [value]);
  else if (!known.some((other) => isSame(other, value.forwardPulses, value.reversePulses))) known.push(value);
}

function isSame(value: Recorded, forwardPulses: number, reversePulses: number): boolean {
  return value.forwardPulses === forwardPulses && value.reversePulses === reversePulses;
}

function dateText(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().replace(".000Z", "Z");
}
