import { requireRange } from "../../hal/base/ranges.js";
import type { Clock } from "../../hal/clock.js";
import type { PulseInputConnection } from "../../hal/hardware.js";
import type { PulseInput } from "../../hal/pulse-input.js";

export interface PulseCounterOptions {
  readonly input: PulseInputConnection;
  readonly clock: Clock;
  /** How long a contact must be stable to count, 1 to 50 ms. */
  readonly debounceMilliseconds: number;
  /** How long a dual reed's contacts must both be closed to mean a foreign magnet, 1 to 3600 s. */
  readonly magnetSeconds: number;
}

/** Troubles of the sensor since the low-power domain got power. */
export interface PulseFaults {
  /** Free-running, modulo 2^32. */
  readonly illegalTransitions: number;
  /** Free-running, modulo 2^32. */
  readonly magnetEvents: number;
  /** True while a foreign magnet is held on the case. */
  readonly magnetPresent: boolean;
  /** Times that the sensor or its cable failed, free-running, modulo 2^32. */
  readonly sensorFaults: number;
  /** True while one contact of a dual reed comes and goes and the other keeps still. */
  readonly oneSided: boolean;
  /** True while the supervised loop through the sensor's cable is open. */
  readonly wireCut: boolean;
}

export interface PulseSample {
  /** Pulses, free-running modulo 2^32: take differences by `modularDifference`. */
  readonly forward: number;
  /** Pulses, free-running modulo 2^32; always 0 with a single reed, which can't tell the direction. */
  readonly reverse: number;
  /** When the sample was taken, in ticks of the clock (ms). */
  readonly ticks: number;
  readonly faults: PulseFaults;
}

/**
 * A meter's pulse sensor, single or dual reed. Counting is the hardware's business and goes on without this object;
 * it only configures the input and takes samples.
 */
export class PulseCounter {
  #input: PulseInput | undefined;
  #clock: Clock;

  /** @throws {RangeError} when an option is out of range; nothing has been acquired then. */
  constructor({ input, clock, debounceMilliseconds, magnetSeconds }: PulseCounterOptions) {
    const { io, sensor } = input;
    requireRange(debounceMilliseconds, 1, 50, "debounceMilliseconds");
    requireRange(magnetSeconds, 1, 3600, "magnetSeconds");
    this.#clock = clock;
    this.#input = new io({ sensor, debounceMilliseconds, magnetSeconds });
  }

  /**
   * The counters as they stand now.
   * @throws {Error} after `close`.
   */
  sample(): PulseSample {
    if (this.#input === undefined) throw new Error("the pulse counter is closed");
    const reading = this.#input.read();
    return { forward: reading.forward, reverse: reading.reverse, ticks: this.#clock.ticks, faults: reading };
  }

  /** Releases the input; counting goes on. Idempotent. */
  close(): void {
    const input = this.#input;
    this.#input = undefined;
    input?.close();
  }
}
