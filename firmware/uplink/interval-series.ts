import type { IntervalBlock } from "../wire/lwm2m/interval-payload.js";

/** Intervals without a gap, behind a register value. */
export interface IntervalRun {
  readonly epochSeconds: number;
  readonly forwardPulses: number;
  readonly reversePulses: number;
  /** Which of the series' intervals is its first. */
  readonly start: number;
  /** How many intervals there are. */
  count: number;
}

/** With its registers and its header each takes 50 bytes at least: more fit no datagram. */
const mostRuns = 8;
const valueCount = 2;
const maximumDifference = 0xffffffff;

/**
 * The intervals between register values that are added one after the other, oldest first. They are kept as bare
 * numbers: a report has many, and each as an object would cost the chip hundreds of bytes.
 *
 * A run ends at every gap in time, and where a register falls or leaps, which no healthy meter shows, but which must
 * not stop the reports. A value without a neighbour bounds no interval and is left out.
 */
export class IntervalSeries {
  readonly intervalSeconds: number;
  readonly #capacity: number;
  #runs: IntervalRun[] = [];
  /** Forward and reverse pulses of each interval, in turn. */
  #pulses: Uint32Array;
  #length = 0;
  #lastSequence = 0;
  #lastEpochSeconds = 0;
  #lastForwardPulses = 0;
  #lastReversePulses = 0;

  /** @param capacity how many values are taken at most. */
  constructor(intervalSeconds: number, capacity: number) {
    this.intervalSeconds = intervalSeconds;
    this.#capacity = capacity;
    this.#pulses = new Uint32Array(valueCount * capacity);
  }

  /** How many values were taken. */
  get length(): number {
    return this.#length;
  }

  /** Sequence number of the last value that was taken; 0 for none. */
  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** Those with an interval, oldest first. */
  get runs(): readonly IntervalRun[] {
    return this.#runs.filter(({ count }) => count > 0);
  }

  /** Takes the next value if there is room for it; false when there is none for another one. */
  add(sequence: number, epochSeconds: number, forwardPulses: number, reversePulses: number): boolean {
    const forward = forwardPulses - this.#lastForwardPulses;
    const reverse = reversePulses - this.#lastReversePulses;
    const run = this.#runs[this.#runs.length - 1];
    if (
      run &&
      epochSeconds === this.#lastEpochSeconds + this.intervalSeconds &&
      isDifference(forward) &&
      isDifference(reverse)
    ) {
      const position = valueCount * (run.start + run.count++);
      this.#pulses[position] = forward;
      this.#pulses[position + 1] = reverse;
    } else if (!this.beginRun(epochSeconds, forwardPulses, reversePulses)) return false;
    this.#lastSequence = sequence;
    this.#lastEpochSeconds = epochSeconds;
    this.#lastForwardPulses = forwardPulses;
    this.#lastReversePulses = reversePulses;
    return ++this.#length < this.#capacity;
  }

  /** The pulses of a run, as they are told. */
  block({ epochSeconds, start, count }: IntervalRun): IntervalBlock {
    const periodSeconds = this.intervalSeconds;
    const values = this.#pulses.subarray(valueCount * start, valueCount * (start + count));
    return { firstTimestampSeconds: epochSeconds + periodSeconds, periodSeconds, valueCount, values };
  }

  private beginRun(epochSeconds: number, forwardPulses: number, reversePulses: number): boolean {
    const last = this.#runs[this.#runs.length - 1];
    if (last?.count === 0) this.#runs.pop();
    if (this.#runs.length === mostRuns) return false;
    const start = last ? last.start + last.count : 0;
    this.#runs.push({ epochSeconds, forwardPulses, reversePulses, start, count: 0 });
    return true;
  }
}

function isDifference(pulses: number): boolean {
  return pulses >= 0 && pulses <= maximumDifference;
}
