import type { Pulse, PulseSource } from "../world/demand/pulse-source.js";

/**
 * What really flowed, which only the simulator knows: passes a source's pulses on up to the end of the run and
 * remembers when each one was.
 */
export class Truth implements PulseSource {
  readonly startEpochSeconds: number | undefined;
  readonly durationSeconds: number;
  #source: PulseSource;
  #forward = new PulseTimes();
  #reverse = new PulseTimes();

  constructor(source: PulseSource, durationSeconds: number) {
    this.#source = source;
    this.startEpochSeconds = source.startEpochSeconds;
    this.durationSeconds = durationSeconds;
  }

  next(): Pulse | undefined {
    const pulse = this.#source.next();
    if (!pulse || pulse.atMicroseconds > this.durationSeconds * 1e6) return undefined;
    (pulse.direction === 1 ? this.#forward : this.#reverse).add(pulse.atMicroseconds);
    return pulse;
  }

  /** Pulses up to and at a moment of the run. */
  forwardPulsesAt(microseconds: number): number {
    return this.#forward.countAt(microseconds);
  }

  reversePulsesAt(microseconds: number): number {
    return this.#reverse.countAt(microseconds);
  }
}

/** Moments in order of time, packed: a meter's years have millions. */
class PulseTimes {
  #times = new Float64Array(1024);
  #count = 0;

  add(microseconds: number): void {
    if (this.#count === this.#times.length) {
      const larger = new Float64Array(this.#times.length * 2);
      larger.set(this.#times);
      this.#times = larger;
    }
    this.#times[this.#count++] = microseconds;
  }

  countAt(microseconds: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] as number) <= microseconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
