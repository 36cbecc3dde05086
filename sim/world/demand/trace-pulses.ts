import type { Pulse, PulseSource } from "./pulse-source.js";

/** The water of one row of a trace, flowing evenly. */
export interface MeteredRow {
  /** Since the run began. */
  readonly startMicroseconds: number;
  readonly lengthMicroseconds: number;
  readonly pulses: number;
  /** The part of a pulse volume that had passed before the row, 0 to below 1. */
  readonly filledPulse: number;
  /** The row's volume in pulse volumes. */
  readonly flowedPulses: number;
}

/** Gives each row's pulses as a wheel at constant speed would: whenever another whole pulse volume has passed. */
export class TracePulses implements PulseSource {
  readonly startEpochSeconds: number;
  readonly durationSeconds: number;
  #rows: readonly MeteredRow[];
  #row = 0;
  #given = 0;

  constructor(startEpochSeconds: number, durationSeconds: number, rows: readonly MeteredRow[]) {
    this.startEpochSeconds = startEpochSeconds;
    this.durationSeconds = durationSeconds;
    this.#rows = rows;
  }

  next(): Pulse | undefined {
    for (;;) {
      const row = this.#rows[this.#row];
      if (!row) return undefined;
      if (this.#given < row.pulses) {
        this.#given++;
        const share = Math.min((this.#given - row.filledPulse) / row.flowedPulses, 1);
        const atMicroseconds = Math.round(row.startMicroseconds + share * row.lengthMicroseconds);
        return { atMicroseconds, direction: 1 };
      }
      this.#row++;
      this.#given = 0;
    }
  }
}
