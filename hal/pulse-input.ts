/**
 * What the pulse input has counted. Every number is a free-running 32-bit counter that starts at 0 when the
 * chip's low-power domain gets power, wraps at 2^32 and is never cleared: consumers take modular differences.
 */
export interface PulseInputReading {
  readonly forward: number;
  readonly reverse: number;
  /** Transitions a healthy dual reed can't make (both reeds changed at once); 0 with a single reed. */
  readonly illegalTransitions: number;
  /** Times that reeds stayed closed for longer than a rotating magnet can hold them: a foreign magnet. */
  readonly magnetEvents: number;
  /** True while such a magnet is held on the case. */
  readonly magnetPresent: boolean;
  /** Times that the sensor or its cable failed: that `oneSided` or `wireCut` came up. Counting goes on. */
  readonly sensorFaults: number;
  /**
   * True while one contact of a dual reed comes and goes and the other keeps still: more than ten closures of one
   * since the other changed. A conductor is cut or a reed sticks; such pulses can't be counted, for a wheel that
   * trembles at the edge of a reed looks the same. Over once the other contact changes.
   */
  readonly oneSided: boolean;
  /**
   * True while the supervised loop through the sensor's cable is open: somebody cut it (CJ/T 133 wants the valve closed
   * then). Always false on a board without such a loop, where a cut cable looks as if nothing flowed.
   */
  readonly wireCut: boolean;
}

export type PulseSensor = "single-reed" | "dual-reed";

export interface PulseInputOptions {
  readonly sensor: PulseSensor;
  /**
   * A contact counts once all polls for this long have found it the same, 1 to 50 ms. What is stable for this long and
   * one more poll (5 ms on our boards) always counts.
   */
  readonly debounceMilliseconds: number;
  /** With a dual reed: both closed for longer than this is a magnet, 1 to 3600 s. */
  readonly magnetSeconds: number;
}

/**
 * The hardware pulse counter. It runs in the chip's low-power domain: counting goes on in deep sleep, during
 * a reset and while the application does anything else.
 */
export interface PulseInput {
  /** One consistent snapshot of all counters. */
  read(): PulseInputReading;
  /** Releases the object; counting goes on. Idempotent. */
  close(): void;
}

/** @throws {RangeError} when an option is out of range. */
export type PulseInputConstructor = new (options: PulseInputOptions) => PulseInput;
