/** One pulse volume has passed the meter. */
export interface Pulse {
  /** Time since the run began, an integer. */
  readonly atMicroseconds: number;
  /** 1 with forward flow, -1 with reverse flow. */
  readonly direction: 1 | -1;
}

/** Where pulses come from: produced one by one as they are asked for, their times never decreasing. */
export interface PulseSource {
  /** UTC at which the run begins; undefined when the source fits any date. */
  readonly startEpochSeconds: number | undefined;
  /** How long the source goes on; undefined when it never ends. */
  readonly durationSeconds: number | undefined;
  /** The next pulse; undefined once there are no more. */
  next(): Pulse | undefined;
}
