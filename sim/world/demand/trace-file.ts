import { readFileSync } from "node:fs";
import type { PulseSource } from "./pulse-source.js";
import { findHeader } from "./trace-columns.js";
import { TraceError } from "./trace-error.js";
import { type MeteredRow, TracePulses } from "./trace-pulses.js";
import { type CountedRow, readRows } from "./trace-rows.js";

export { TraceError } from "./trace-error.js";

export interface TraceOptions {
  /** Turns a trace of volumes into pulses; a trace of pulses needs none. */
  readonly litresPerPulse: number;
}

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
  readonly reports: readonly TraceReport[];
  /** The pulses from the beginning; every call gives a fresh source. */
  pulses(): PulseSource;
}

/** A reed makes 20 closures a second at most: about 25 ms closed, 25 ms open. */
export const fastestReedHertz = 20;

/** A longer time than so many usual steps between two rows means that rows are missing. */
const gapSteps = 1.5;

/**
 * Reads a logger's CSV file: a preamble, a header, and rows of a time and the pulses or the volume gathered in the
 * step that ended at that time. Volumes add up exactly, whatever their unit and the pulse volume.
 * @throws {TraceError} when the file can't be used; the message says where and what to do.
 */
export function readTrace(path: string, { litresPerPulse }: TraceOptions): TraceFile {
  if (!(litresPerPulse >= 0.001 && litresPerPulse <= 1e6))
    throw new RangeError("litresPerPulse must be from 0.001 to 1000000");
  const text = readText(path);
  const header = findHeader(path, text.split(/\r\n|\n|\r/, 200));
  const { rows, unitsPerPulse, unitsAtStart } = readRows(path, text, header, litresPerPulse);
  const [first] = rows;
  const last = rows[rows.length - 1];
  if (!first || !last || rows.length < 2)
    throw new TraceError(path, header.line, "fewer than two rows below the header; the step can't be told");

  const stepMilliseconds = usualStep(rows);
  const startEpochSeconds = Math.floor((first.epochMilliseconds - stepMilliseconds) / 1000);
  const reports: TraceReport[] = [];
  const metered: MeteredRow[] = [];
  let totalPulses = 0;
  let filled = unitsAtStart;
  let previous: CountedRow | undefined;
  for (const row of rows) {
    const lengthMilliseconds = intervalOf(row, previous, stepMilliseconds, reports);
    previous = row;
    if (row.units === 0n) continue;
    const pulses = Number((filled + row.units) / unitsPerPulse);
    requireReedRate(path, row, pulses, lengthMilliseconds);
    metered.push({
      startMicroseconds: (row.epochMilliseconds - lengthMilliseconds - startEpochSeconds * 1000) * 1000,
      lengthMicroseconds: lengthMilliseconds * 1000,
      pulses,
      filledPulse: Number(filled) / Number(unitsPerPulse),
      flowedPulses: Number(row.units) / Number(unitsPerPulse),
    });
    totalPulses += pulses;
    filled = (filled + row.units) % unitsPerPulse;
  }
  const durationSeconds = Math.ceil(last.epochMilliseconds / 1000) - startEpochSeconds;
  return {
    startEpochSeconds,
    durationSeconds,
    totalPulses,
    reports,
    pulses: () => new TracePulses(startEpochSeconds, durationSeconds, metered),
  };
}

function readText(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    if (code === "ENOENT") throw new TraceError(path, undefined, "there is no such file; check the path");
    if (code === "EISDIR") throw new TraceError(path, undefined, "is a folder; name the CSV file inside it");
    throw new TraceError(path, undefined, `can't be read (${code}); check its permissions`);
  }
  if (text.trim() === "") throw new TraceError(path, undefined, "is empty; a header and rows are needed");
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** The median of the times between rows. */
function usualStep(rows: readonly CountedRow[]): number {
  const steps: number[] = [];
  for (let index = 1; index < rows.length; index++)
    steps.push(rowAt(rows, index).epochMilliseconds - rowAt(rows, index - 1).epochMilliseconds);
  steps.sort((one, other) => one - other);
  return steps[steps.length >> 1] as number;
}

function rowAt(rows: readonly CountedRow[], index: number): CountedRow {
  return rows[index] as CountedRow;
}

/** How long the row's water was gathered, in milliseconds. Where rows are missing, nothing is taken to have flowed. */
function intervalOf(
  row: CountedRow,
  previous: CountedRow | undefined,
  stepMilliseconds: number,
  reports: TraceReport[],
): number {
  if (!previous) return stepMilliseconds;
  const length = row.epochMilliseconds - previous.epochMilliseconds;
  if (length <= gapSteps * stepMilliseconds) return length;
  reports.push({
    line: row.line,
    message: `${length / 1000} s since the row before, where rows come every ${stepMilliseconds / 1000} s; no flow is assumed in the gap`,
  });
  return stepMilliseconds;
}

function requireReedRate(path: string, row: CountedRow, pulses: number, lengthMilliseconds: number): void {
  const hertz = (pulses * 1000) / lengthMilliseconds;
  if (hertz <= fastestReedHertz) return;
  throw new TraceError(
    path,
    row.line,
    `${pulses} pulses in ${lengthMilliseconds / 1000} s is ${Number(hertz.toFixed(2))} Hz; ` +
      `a reed gives at most ${fastestReedHertz} Hz. Correct the row or choose a larger pulse volume`,
  );
}
