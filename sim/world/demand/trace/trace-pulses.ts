import type { Pulse, PulseSource } from "../pulse-source.js";
import type { FlowRow, FlowRows } from "./flow-rows.js";

/** Where a row's water flowed, in milliseconds: when it began, since 1970, and for how long. */
export type SpanOf = (row: FlowRow) => {
  readonly fromMilliseconds: number;
  readonly lengthMilliseconds: number;
};

/** Gives each row's pulses as a wheel at constant speed would: whenever another whole pulse volume has passed. */
export class TracePulses implements PulseSource {
  readonly startEpochSeconds: number;
  readonly durationSeconds: number;
  #rows: FlowRows;
  #spanOf: SpanOf;
  #index = 0;
  #row: FlowRow | undefined;
  #startMicroseconds = 0;
  #lengthMicroseconds = 0;
  #given = 0;

  constructor(startEpochSeconds: number, durationSeconds: number, rows: FlowRows, spanOf: SpanOf) {
    this.startEpochSeconds = startEpochSeconds;
    this.durationSeconds = durationSeconds;
    this.#rows = rows;
    this.#spanOf = spanOf;
  }

  next(): Pulse | undefined {
    while (!this.#row || this.#given === this.#row.pulses) if (!this.#takeRow()) return undefined;
    const { filledPulse, flowedPulses } = this.#row;
    this.#given++;
    const share = Math.min((this.#given - filledPulse) / flowedPulses, 1);
    return {
      atMicroseconds: Math.round(this.#startMicroseconds + share * this.#lengthMicroseconds),
      direction: 1,
    };
  }

  #takeRow(): boolean {
    if (this.#index === this.#rows.length) return false;
    this.#row = this.#rows.at(this.#index++);
    this.#given = 0;
    const { fromMilliseconds, lengthMilliseconds } = this.#spanOf(this.#row);
    this.#startMicroseconds = (fromMilliseconds - this.startEpochSeconds * 1000) * 1000;
    this.#lengthMicroseconds = lengthMilliseconds * 1000;
    return true;
  }
}
