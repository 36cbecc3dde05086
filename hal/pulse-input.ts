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
}

export type PulseSensor = "single-reed" | "dual-reed";

export interface PulseInputOptions {
  readonly sensor: PulseSensor;
  /** A contact counts once it has been stable for this long, 1 to 50 ms. */
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
