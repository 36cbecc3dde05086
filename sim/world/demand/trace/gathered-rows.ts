import { isInClockRange } from "../../clock-range.js";
import type { PulseSource } from "../pulse-source.js";
import type { CountedRow, CountedRows } from "./counted-rows.js";
import { type FlowRow, FlowRows } from "./flow-rows.js";
import { RowSteps } from "./row-steps.js";
import type { TraceHeader } from "./trace-columns.js";
import { TraceError } from "./trace-error.js";
import { type SpanOf, TracePulses } from "./trace-pulses.js";

/** Something about a trace that is no error but worth knowing. */
export interface TraceReport {
  /** Line of the file, counted from 1. */
  readonly line: number;
  readonly message: string;
}

export interface TraceFile {
  /** UTC, whole seconds: one step before the first row. */
  readonly startEpochSeconds: number;
  /** From the start to the last row, whole seconds. */
  readonly durationSeconds: number;
  readonly totalPulses: number;
  /** The first of each kind. */
  readonly reports: readonly TraceReport[];
  /** How many more there would be. */
  readonly furtherReports: number;
  /** The pulses from the beginning; every call gives a fresh source. */
  pulses(): PulseSource;
}

/** A reed makes 20 closures a second at most: about 25 ms closed, 25 ms open. */
export const fastestReedHertz = 20;

const mostNewMeters = 10;

/** What is known of the rows so far. */
export class GatheredRows {
  #path: string;
  #header: TraceHeader;
  #unitsPerPulse: bigint;
  #filled: bigint;
  #rows = new FlowRows();
  #steps = new RowSteps();
  #reports: TraceReport[] = [];
  #first: CountedRow | undefined;
  #last: CountedRow | undefined;
  #totalPulses = 0;
  #newMeters = 0;

  constructor(path: string, header: TraceHeader, { unitsPerPulse, unitsAtStart }: CountedRows) {
    this.#path = path;
    this.#header = header;
    this.#unitsPerPulse = unitsPerPulse;
    this.#filled = unitsAtStart;
  }

  /** `units` flowed in the step that the row ends; undefined when a new meter was put in. */
  add(row: CountedRow, units: bigint | undefined): void {
    const { line, epochMilliseconds: endMilliseconds } = row;
    const sinceMilliseconds = this.#last ? endMilliseconds - this.#last.epochMilliseconds : NaN;
    this.#first ??= row;
    this.#last = row;
    if (!Number.isNaN(sinceMilliseconds)) this.#steps.add(line, sinceMilliseconds);
    if (units === undefined && ++this.#newMeters <= mostNewMeters)
      this.#report(
        line,
        `the counter goes back to ${row.text}: a new meter; no flow is assumed in this step`,
      );
    if (row.mayBeCut)
      this.#report(line, "has no line end: if the file was cut off there, digits of its number are missing");
    if (units === undefined || units === 0n) return;
    const pulses = Number((this.#filled + units) / this.#unitsPerPulse);
    const filledPulse = Number(this.#filled) / Number(this.#unitsPerPulse);
    const flowedPulses = Number(units) / Number(this.#unitsPerPulse);
    if (pulses > 0)
      this.#rows.add({ line, endMilliseconds, sinceMilliseconds, pulses, filledPulse, flowedPulses });
    this.#totalPulses += pulses;
    this.#filled = (this.#filled + units) % this.#unitsPerPulse;
  }

  /** @throws {TraceError} when there are too few rows. */
  requireRows(): { readonly first: CountedRow; readonly last: CountedRow } {
    const [first, last] = [this.#first, this.#last];
    if (first && last && first !== last) return { first, last };
    const problem = "fewer than two rows below the header; the step can't be told";
    throw new TraceError(this.#path, this.#header.line, problem);
  }

  /**
   * @param isUnasked whether nobody has said what the column holds
   * @throws {TraceError} when there are too few rows, or a row has more pulses than a reed can give.
   */
  finish(isUnasked: boolean): TraceFile {
    const { line, isStanding = false, quantity } = this.#header;
    const { first, last } = this.requireRows();
    if (isStanding && isUnasked)
      this.#report(
        line,
        `${JSON.stringify(quantity.text)} is taken for a counter's standing, what flowed for its differences; say --cumulative no if it is not`,
      );
    this.#requireReedRate();
    const startEpochSeconds = Math.floor((first.epochMilliseconds - this.#steps.usualMilliseconds) / 1000);
    if (!isInClockRange(startEpochSeconds))
      throw new TraceError(
        this.#path,
        first.line,
        "the step before it begins before a meter's clock does; take the row out",
      );
    const durationSeconds = Math.ceil(last.epochMilliseconds / 1000) - startEpochSeconds;
    const furtherReports = this.#reportGaps() + Math.max(0, this.#newMeters - mostNewMeters);
    const [rows, spanOf] = [this.#rows, this.#spanOf];
    return {
      startEpochSeconds,
      durationSeconds,
      totalPulses: this.#totalPulses,
      reports: this.#reports.sort((one, other) => one.line - other.line),
      furtherReports,
      pulses: () => new TracePulses(startEpochSeconds, durationSeconds, rows, spanOf),
    };
  }

  /** Where rows are missing, nothing is taken to have flowed; a counter's standing knows what has, but not when. */
  #spanOf: SpanOf = ({ endMilliseconds, sinceMilliseconds }: FlowRow) => {
    const isLong = this.#header.isStanding !== true && this.#steps.isGap(sinceMilliseconds);
    const lengthMilliseconds =
      isLong || Number.isNaN(sinceMilliseconds) ? this.#steps.usualMilliseconds : sinceMilliseconds;
    return { fromMilliseconds: endMilliseconds - lengthMilliseconds, lengthMilliseconds };
  };

  #reportGaps(): number {
    const { first, count } = this.#steps.gaps();
    const usual = this.#steps.usualMilliseconds / 1000;
    const assumed =
      this.#header.isStanding === true
        ? "what flowed in the gap is spread over it"
        : "no flow is assumed in the gap";
    for (const { line, milliseconds } of first)
      this.#report(
        line,
        `${milliseconds / 1000} s since the row before, where rows come every ${usual} s; ${assumed}`,
      );
    return count - first.length;
  }

  #requireReedRate(): void {
    for (let index = 0; index < this.#rows.length; index++) {
      const row = this.#rows.at(index);
      const seconds = this.#spanOf(row).lengthMilliseconds / 1000;
      const hertz = row.pulses / seconds;
      if (hertz <= fastestReedHertz) continue;
      throw new TraceError(
        this.#path,
        row.line,
        `${row.pulses} pulses in ${seconds} s is ${Number(hertz.toFixed(2))} Hz; ` +
          `a reed gives at most ${fastestReedHertz} Hz. Correct the row or choose a larger pulse volume`,
      );
    }
  }

  #report(line: number, message: string): void {
    this.#reports.push({ line, message });
  }
}
