import { columnName, type ColumnName, isQuantity, isRate, isSameName, namedStanding } from "./column-name.js";
import { csvFields } from "./csv-line.js";
import type { TextLine } from "./text-lines.js";
import { TraceError } from "./trace-error.js";
import type { TraceReading } from "./trace-reading.js";
import { isTimeName, timeRemarks, type TimeRemarks } from "./time-name.js";

/** What a trace's header says. Columns count from 0. */
export interface TraceHeader {
  /** Line of the file, counted from 1. */
  readonly line: number;
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly timeColumn: number;
  /** A time of day that belongs to the date in `timeColumn`, when the two stand apart. */
  readonly clockColumn: number | undefined;
  readonly time: TimeRemarks;
  readonly quantity: ColumnName;
  /** The column that names the unit row by row. */
  readonly unitColumn: number | undefined;
  /** Undefined when neither the name nor the person says. */
  readonly isStanding: boolean | undefined;
}

const longestPreamble = 200;
/** A field of a header holds none that stands before the one between them. */
const delimiters = ["\t", ";", "|", ","];
const unitNames = /^(unit|units|uom)$/;

/**
 * Finds the header: the first line with a time column and a column of pulses or volumes.
 * @throws {TraceError} when there is none, or it can be read in two ways.
 */
export function findHeader(path: string, lines: Iterable<TextLine>, reading: TraceReading): TraceHeader {
  let closest: ColumnName[] = [];
  for (const { number, text } of lines) {
    if (number > longestPreamble) break;
    if (text.trim() === "") continue;
    const found: TraceHeader[] = [];
    for (const delimiter of delimiters) {
      // A preamble may hold anything, even a quote that is never closed.
      const names = (csvFields(text, delimiter) ?? [text]).map(columnName);
      const header = readHeader(path, number, delimiter, names, reading);
      if (header) found.push(header);
      if (closest.length === 0 || closeness(names) > closeness(closest)) closest = names;
    }
    const [header, other] = found;
    if (other) throw new TraceError(path, number, "its columns can be told in two ways; quote the names");
    if (header) return header;
  }
  const problem =
    closest.length === 0 ? "is empty; a header and rows are needed" : headerProblem(closest, reading);
  throw new TraceError(path, undefined, problem);
}

function readHeader(
  path: string,
  line: number,
  delimiter: string,
  columns: readonly ColumnName[],
  reading: TraceReading,
): TraceHeader | undefined {
  const times = timeColumns(columns, reading.timeColumn);
  const quantities = asked(columns, reading.column) ?? columns.filter(isQuantity);
  const [time] = times;
  const [quantity] = quantities;
  if (!time || !quantity || time.position === quantity.position) return undefined;
  const stronger = delimiters.slice(0, delimiters.indexOf(delimiter));
  if (columns.some(({ text }) => stronger.some((each) => text.replace(/[([].*?[)\]]/g, "").includes(each))))
    return undefined;
  const open = columns.find(({ text }) => /[([][^)\]]*$/.test(text));
  if (open)
    throw new TraceError(
      path,
      line,
      `${JSON.stringify(open.text)} has a bracket that is not closed; put names with ${JSON.stringify(delimiter)} inside in quotes`,
    );
  const isApart = times.length === 2 && reading.timeColumn === undefined && isDateAndTime(times);
  if (times.length > 1 && !isApart) throw new TraceError(path, line, severalColumns("time", times));
  if (quantities.length > 1) throw new TraceError(path, line, severalColumns("pulses or volume", quantities));
  const date = isApart ? times.find(isDate) : time;
  const clock = isApart ? times.find(isTimeOfDay) : undefined;
  const unitColumn = columns.find(({ words }) => unitNames.test(words.join(" ")));
  return {
    line,
    delimiter,
    names: columns.map(({ text }) => text),
    timeColumn: (date ?? time).position,
    clockColumn: clock?.position,
    time: timeRemarks((date ?? time).words, [...(date ?? time).remarks, ...(clock?.remarks ?? [])]),
    quantity,
    unitColumn: unitColumn?.position,
    isStanding: reading.cumulative === undefined ? namedStanding(quantity) : reading.cumulative !== "no",
  };
}

function timeColumns(columns: readonly ColumnName[], name: string | undefined): readonly ColumnName[] {
  return asked(columns, name) ?? columns.filter(({ words }) => isTimeName(words));
}

/** The column that somebody asked for, by its name or its number; undefined when nobody did. */
function asked(columns: readonly ColumnName[], name: string | undefined): ColumnName[] | undefined {
  if (name === undefined) return undefined;
  const named = columns.filter(({ text }) => isSameName(text, name));
  if (named.length > 0 || !/^[1-9]\d{0,3}$/.test(name)) return named;
  // Preambles have no columns with numbers: the line must look like a header.
  const isHeader = columns.some(({ words }) => isTimeName(words));
  return isHeader ? columns.filter(({ position }) => position + 1 === Number(name)) : [];
}

/** `Date` and `Time`, or `Date` and `End Time`. */
function isDateAndTime(columns: readonly ColumnName[]): boolean {
  return columns.some(isDate) && columns.some(isTimeOfDay);
}

function isDate({ words }: ColumnName): boolean {
  return words.join(" ") === "date";
}

function isTimeOfDay({ words }: ColumnName): boolean {
  return words.at(-1) === "time" && words[0] !== "date";
}

function severalColumns(kind: string, columns: readonly ColumnName[]): string {
  const named = columns.map(({ text, position }) => `${JSON.stringify(text)} (column ${position + 1})`);
  const option = kind === "time" ? "--time-column" : "--column";
  return `several columns can be the ${kind}: ${named.join(", ")}; say which with ${option} and its name or number`;
}

function headerProblem(closest: readonly ColumnName[], { column, timeColumn }: TraceReading): string {
  const names = closest.map(({ text }) => text);
  const line = `the closest line has: ${names.join(", ").slice(0, 100)}`;
  if (column !== undefined || timeColumn !== undefined) {
    const asked = [timeColumn, column].filter((name) => name !== undefined);
    return `no header has ${asked.map((name) => JSON.stringify(name)).join(" and ")}, and what else a row needs; ${line}`;
  }
  const rate = closest.find(isRate);
  const hasTime = closest.some(({ words }) => isTimeName(words));
  if (rate && hasTime)
    return `${JSON.stringify(rate.text)} is a rate of flow; a column of pulses or volume is needed, as time,Volume (L)`;
  return (
    "no header with a time column (time, timestamp, datetime, date, date time) and a column of pulses or volume; " +
    `${line}. Name the columns, for instance: time,pulses, or say which with --time-column and --column`
  );
}

/** How much a line looks like a header, to show the person what was found. */
function closeness(columns: readonly ColumnName[]): number {
  const known = columns.filter((column) => isTimeName(column.words) || isQuantity(column) || isRate(column));
  return known.length * 1000 + columns.length;
}
