import { parse } from "csv-parse/sync";
import { TraceError } from "./trace-error.js";
import { isVolumeUnit, knownVolumeUnits } from "./trace-volume.js";

/** How a logger's file has to be read to take it as it is: stray quotes, ragged rows, any line ending. */
export const csvDialect = {
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  trim: true,
  record_delimiter: ["\r\n", "\n", "\r"],
};

/** What a trace's header says. Columns count from 0. */
export interface TraceHeader {
  /** Line of the file, counted from 1. */
  readonly line: number;
  readonly delimiter: string;
  readonly timeColumn: number;
  /** A time of day that belongs to the date in `timeColumn`, when the two stand apart. */
  readonly clockColumn: number | undefined;
  readonly quantity: PulsesColumn | VolumeColumn;
}

export interface PulsesColumn {
  readonly kind: "pulses";
  readonly column: number;
}

export interface VolumeColumn {
  readonly kind: "volume";
  readonly column: number;
  /** One unit for all rows, or the column that names it row by row. */
  readonly unit: string | number;
}

const longestPreamble = 200;
const delimiters = [",", ";", "\t"];
const timeName = /^(time|timestamp|time stamp|datetime|date time|date|date\/time)\b/;
const pulsesName = /^pulses?( count)?$/;
const volumeName = /^volume\s*(?:[([]?\s*)(.*?)\s*[)\]]?$/;
const unitName = /^units?$/;

/**
 * Finds the header: the first line with a time column and a column of pulses or volumes.
 * @throws {TraceError} when there is none, or a volume has no unit.
 */
export function findHeader(path: string, lines: readonly string[]): TraceHeader {
  let closest: string[] = [];
  for (let index = 0; index < Math.min(lines.length, longestPreamble); index++) {
    for (const delimiter of delimiters) {
      const names = fieldsOf(lines[index] ?? "", delimiter);
      const header = readHeader(path, index + 1, delimiter, names);
      if (header) return header;
      if (closeness(names) > closeness(closest)) closest = names;
    }
  }
  throw new TraceError(
    path,
    undefined,
    "no header with a time column (time, timestamp, datetime, date, date time) and a column of pulses or volume; " +
      `the closest line has: ${closest.join(", ").slice(0, 100)}. Name the columns, for instance: time,pulses`,
  );
}

function readHeader(
  path: string,
  line: number,
  delimiter: string,
  fields: readonly string[],
): TraceHeader | undefined {
  const names = fields.map(plainName);
  const timeColumn = names.findIndex((name) => timeName.test(name));
  const pulsesColumn = names.findIndex((name) => pulsesName.test(name));
  const volumeColumn = names.findIndex((name) => name === "volume" || /^volume[ ([]/.test(name));
  if (timeColumn < 0 || (pulsesColumn < 0 && volumeColumn < 0)) return undefined;
  const dateColumn = names.indexOf("date");
  const clockColumn = names.indexOf("time");
  const isApart = dateColumn >= 0 && clockColumn >= 0;
  return {
    line,
    delimiter,
    timeColumn: isApart ? dateColumn : timeColumn,
    clockColumn: isApart ? clockColumn : undefined,
    quantity:
      pulsesColumn >= 0
        ? { kind: "pulses", column: pulsesColumn }
        : { kind: "volume", column: volumeColumn, unit: volumeUnit(path, line, names, volumeColumn) },
  };
}

function volumeUnit(path: string, line: number, names: readonly string[], column: number): string | number {
  const unit = volumeName.exec(names[column] ?? "")?.[1] ?? "";
  if (isVolumeUnit(unit)) return unit;
  const unitColumn = names.findIndex((name) => unitName.test(name));
  if (unitColumn >= 0) return unitColumn;
  const problem = unit === "" ? "the volume has no unit" : `the volume's unit "${unit}" is not known`;
  throw new TraceError(
    path,
    line,
    `${problem}; name the column for instance "Volume (L)" or add a column "unit" (${knownVolumeUnits})`,
  );
}

function fieldsOf(line: string, delimiter: string): string[] {
  try {
    return parse(line, { ...csvDialect, delimiter })[0] ?? [];
  } catch {
    // A preamble may hold anything, even a quote that is never closed.
    return [line];
  }
}

/** How much a line looks like a header, to show the person what was found. */
function closeness(fields: readonly string[]): number {
  const names = fields.map(plainName);
  const known = names.filter(
    (name) => timeName.test(name) || pulsesName.test(name) || name.startsWith("volume"),
  );
  return known.length * 1000 + fields.length;
}

function plainName(field: string): string {
  return field
    .trim()
    .toLowerCase()
    .replace(/[_\s-]+/g, " ");
}
