import type { CountedRow } from "./counted-rows.js";
import type { TraceHeader } from "./trace-columns.js";
import { TraceError } from "./trace-error.js";

/** A column that rises more than so many times as often as it falls is no record of what flowed in each step. */
const standingRises = 10;

/**
 * Turns the values of a column into what flowed in each row's step: they are that already, or they are a counter's
 * standing, whose first one says nothing. Where nobody says which, it finds out from all rows whether they could be
 * both.
 */
export class FlowOfRows {
  #path: string;
  #header: TraceHeader;
  #maySwapMeter: boolean;
  #unitsPerPulse: bigint;
  #previous: CountedRow | undefined;
  #rises = 0;
  #falls = 0;
  /** Of all values, and of the differences that are not negative. */
  #sum = 0n;
  #difference = 0n;

  constructor(path: string, header: TraceHeader, maySwapMeter: boolean, unitsPerPulse: bigint) {
    this.#path = path;
    this.#header = header;
    this.#maySwapMeter = maySwapMeter;
    this.#unitsPerPulse = unitsPerPulse;
  }

  /**
   * @returns what flowed in the row's step; undefined where a new meter was put in, and nobody knows
   * @throws {TraceError} where a standing goes back
   */
  flowOf(row: CountedRow): bigint | undefined {
    const previous = this.#previous ?? row;
    this.#previous = row;
    const difference = row.units - previous.units;
    if (this.#header.isStanding === undefined) this.#compare(row.units, difference);
    if (this.#header.isStanding !== true) return row.units;
    if (difference >= 0n) return difference;
    if (this.#maySwapMeter) return undefined;
    throw new TraceError(
      this.#path,
      row.line,
      `${this.#name} goes back from ${previous.text} to ${row.text}, which a counter's standing does not; say ` +
        "--cumulative new-meter if the meter was changed, or --cumulative no if each row has what flowed in its step",
    );
  }

  /** @throws {TraceError} when the rows can be both, and the totals differ. */
  requireOneReading(): void {
    if (this.#header.isStanding !== undefined || this.#sum === this.#difference) return;
    if (this.#rises < standingRises * this.#falls) return;
    const [step, standing] = [this.#sum, this.#difference].map((units) =>
      (units / this.#unitsPerPulse).toLocaleString("en-US"),
    );
    throw new TraceError(
      this.#path,
      this.#header.line,
      `${this.#name} ${this.#falls === 0 ? "never" : "hardly ever"} goes back, so it can be a counter's standing, ${standing ?? ""} pulses in ` +
        `all, or what flowed in each step, ${step ?? ""} pulses; say --cumulative yes or --cumulative no`,
    );
  }

  get #name(): string {
    return JSON.stringify(this.#header.quantity.text);
  }

  #compare(units: bigint, difference: bigint): void {
    this.#sum += units;
    if (difference > 0n) {
      this.#rises++;
      this.#difference += difference;
    } else if (difference < 0n) this.#falls++;
  }
}
