import { CsvError, parse } from "csv-parse/sync";
import { csvDialect, type TraceHeader } from "./trace-columns.js";
import { TraceError } from "./trace-error.js";
import { parseTraceTime, traceTimeFormats } from "./trace-time.js";
import { isVolumeUnit, knownVolumeUnits, parseVolume } from "./trace-volume.js";

/** One row of a trace, its count in the exact units of its `CountedRows`. */
export interface CountedRow {
  readonly line: number;
  readonly epochMilliseconds: number;
  readonly units: bigint;
}

export interface CountedRows {
  readonly rows: readonly CountedRow[];
  readonly unitsPerPulse: bigint;
  /** How far the wheel stands into its next pulse when the trace begins. */
  readonly unitsAtStart: bigint;
}

/**
 * Reads the rows below the header.
 * @throws {TraceError} at the first row whose time or count can't be used.
 */
export function readRows(
  path: string,
  text: string,
  header: TraceHeader,
  litresPerPulse: number,
): CountedRows {
  const rows: CountedRow[] = [];
  let previousMilliseconds = -Infinity;
  const onRow = (fields: string[], line: number): void => {
    const epochMilliseconds = readTime(path, line, header, fields);
    if (epochMilliseconds <= previousMilliseconds)
      throw new TraceError(
        path,
        line,
        `the time ${quote(fields[header.timeColumn])} ${epochMilliseconds === previousMilliseconds ? "repeats the row before" : "goes back"}; ` +
          "put the rows in order of time, each time once",
      );
    previousMilliseconds = epochMilliseconds;
    rows.push({ line, epochMilliseconds, units: readUnits(path, line, header, fields) });
  };
  parseBelow(path, text, header, onRow);
  // Pulses are counted in halves, so that the n pulses of a row fall in the middle of n equal parts of it: two rows
  // of the same count then join without a seam.
  if (header.quantity.kind === "pulses") return { rows, unitsPerPulse: 2n, unitsAtStart: 1n };
  return { rows, unitsPerPulse: parseVolume(String(litresPerPulse), "L") as bigint, unitsAtStart: 0n };
}

function parseBelow(
  path: string,
  text: string,
  header: TraceHeader,
  onRow: (fields: string[], line: number) => void,
): void {
  try {
    parse(text, {
      ...csvDialect,
      delimiter: header.delimiter,
      from_line: header.line + 1,
      on_record: (fields: string[], { lines }) => {
        onRow(fields, lines);
        // The library need not keep what was read.
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new TraceError(path, undefined, `is not CSV: ${error.message.replace(/\s+/g, " ")}`);
  }
}

function readTime(path: string, line: number, header: TraceHeader, fields: readonly string[]): number {
  const date = fields[header.timeColumn] ?? "";
  const text = header.clockColumn === undefined ? date : `${date} ${fields[header.clockColumn] ?? ""}`;
  const time = parseTraceTime(text);
  if (time !== undefined) return time;
  throw new TraceError(
    path,
    line,
    `the time ${quote(text)} can't be read; write it like ${traceTimeFormats}`,
  );
}

function readUnits(path: string, line: number, header: TraceHeader, fields: readonly string[]): bigint {
  const { quantity } = header;
  const text = fields[quantity.column] ?? "";
  if (quantity.kind === "pulses") {
    if (/^\+?\d{1,15}(\.0*)?$/.test(text)) return BigInt(Number(text)) * 2n;
    throw new TraceError(path, line, `pulses ${countProblem(text)}; write a whole number of at least 0`);
  }
  const unit = typeof quantity.unit === "string" ? quantity.unit : (fields[quantity.unit] ?? "");
  if (!isVolumeUnit(unit))
    throw new TraceError(
      path,
      line,
      `${unit === "" ? "the volume has no unit" : `the unit ${quote(unit)} is not known`}; use one of ${knownVolumeUnits}`,
    );
  const volume = parseVolume(text, unit);
  if (volume !== undefined) return volume;
  throw new TraceError(path, line, `volume ${countProblem(text)}; write a decimal number of at least 0`);
}

function countProblem(text: string): string {
  if (text === "") return "is missing";
  const value = Number(text);
  if (Number.isNaN(value)) return `${quote(text)} is not a number`;
  if (value < 0) return `${quote(text)} is negative`;
  return `${quote(text)} can't be used`;
}

function quote(text: string | undefined): string {
  return JSON.stringify((text ?? "").slice(0, 60));
}
