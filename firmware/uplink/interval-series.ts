import { settingTable } from "../settings/setting-table.js";
import type { IntervalBlock } from "../wire/lwm2m/interval-payload.js";

/** Intervals of one length without a gap, behind a register value. */
export interface IntervalRun {
  readonly epochSeconds: number;
  readonly forwardPulses: number;
  readonly reversePulses: number;
  /** Length of each; 0 while there is none. */
  periodSeconds: number;
  /** Which of the series' intervals is its first. */
  readonly start: number;
  /** How many intervals there are. */
  count: number;
}

/** With its registers and its header each takes 50 bytes at least: more fit no datagram. */
const mostRuns = 8;
const valueCount = 2;
const longestIntervalSeconds = settingTable.intervalSeconds.highest;
const maximumDifference = 0xffffffff;

/**
 * The intervals between register values that are added one after the other, oldest first. They are kept as bare
 * numbers: a report has many, and each as an object would cost the chip hundreds of bytes.
 *
 * How long an interval is, its two values say: they may have been taken under another setting than the present one. A
 * run ends where the length changes, at every gap in time, and where a register falls or leaps, which no healthy meter
 * shows, but which must not stop the reports. A value without a neighbour bounds no interval: it is told as a run of
 * none, unless it has been acknowledged.
 */
export class IntervalSeries {
  readonly #acknowledged: number;
  readonly #capacity: number;
  #runs: IntervalRun[] = [];
  /** Forward and reverse pulses of each interval, in turn. */
  #pulses: Uint32Array;
  #length = 0;
  #isFull = false;
  #lastSequence = 0;
  #lastEpochSeconds = 0;
  #lastForwardPulses = 0;
  #lastReversePulses = 0;

  /**
   * @param acknowledged sequence number of the value that has been told: as the first it is a base, and no more
   * @param capacity how many values are taken at most.
   */
  constructor(acknowledged: number, capacity: number) {
    this.#acknowledged = acknowledged;
    this.#capacity = capacity;
    this.#pulses = new Uint32Array(valueCount * capacity);
  }

  /** How many values were taken. */
  get length(): number {
    return this.#length;
  }

  /** True once a value was the last that there is room for, or one had none. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Sequence number of the last value that was taken; 0 for none. */
  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** Oldest first. */
  get runs(): readonly IntervalRun[] {
    return this.hasBaseOnly ? [] : this.#runs;
  }

  /** Takes the next value if there is room for it; false when there is none for another one. */
  add(sequence: number, epochSeconds: number, forwardPulses: number, reversePulses: number): boolean {
    const forward = forwardPulses - this.#lastForwardPulses;
    const reverse = reversePulses - this.#lastReversePulses;
    const run = this.runFor(epochSeconds - this.#lastEpochSeconds, forward, reverse);
    if (run) {
      const position = valueCount * (run.start + run.count++);
      this.#pulses[position] = forward;
      this.#pulses[position + 1] = reverse;
    } else if (!this.beginRun(epochSeconds, forwardPulses, reversePulses)) {
      this.#isFull = true;
      return false;
    }
    this.#lastSequence = sequence;
    this.#lastEpochSeconds = epochSeconds;
    this.#lastForwardPulses = forwardPulses;
    this.#lastReversePulses = reversePulses;
    this.#isFull = ++this.#length === this.#capacity;
    return !this.#isFull;
  }

  /** The pulses of a run that has intervals, as they are told. */
  block({ epochSeconds, periodSeconds, start, count }: IntervalRun): IntervalBlock {
    const values = this.#pulses.subarray(valueCount * start, valueCount * (start + count));
    return { firstTimestampSeconds: epochSeconds + periodSeconds, periodSeconds, valueCount, values };
  }

  /** The run that an interval of that length goes on; undefined when the next value begins one by itself. */
  private runFor(seconds: number, forward: number, reverse: number): IntervalRun | undefined {
    const run = this.#runs[this.#runs.length - 1];
    const isInterval = seconds > 0 && seconds <= longestIntervalSeconds;
    if (!run || !isInterval || !isDifference(forward) || !isDifference(reverse)) return undefined;
    if (run.count === 0) run.periodSeconds = seconds;
    if (run.periodSeconds === seconds) return run;
    if (!this.beginRun(this.#lastEpochSeconds, this.#lastForwardPulses, this.#lastReversePulses))
      return undefined;
    return this.runFor(seconds, forward, reverse);
  }

  private beginRun(epochSeconds: number, forwardPulses: number, reversePulses: number): boolean {
    if (this.hasBaseOnly) this.#runs.pop();
    if (this.#runs.length === mostRuns) return false;
    const last = this.#runs[this.#runs.length - 1];
    const start = last ? last.start + last.count : 0;
    this.#runs.push({ epochSeconds, forwardPulses, reversePulses, periodSeconds: 0, start, count: 0 });
    return true;
  }

  private get hasBaseOnly(): boolean {
    return this.#length > 0 && this.#lastSequence === this.#acknowledged;
  }
}

function isDifference(pulses: number): boolean {
  return pulses >= 0 && pulses <= maximumDifference;
}
