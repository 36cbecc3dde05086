import { csvFields } from "./csv-line.js";
import { decimalEvidence, decimals, parseDecimal } from "./decimal-number.js";
import { type QuantityUnit, quantityUnit, rowUnit } from "./quantity-unit.js";
import type { TextLine, TextLines } from "./text-lines.js";
import { TraceClock } from "./trace-clock.js";
import type { TraceHeader } from "./trace-columns.js";
import { TraceError } from "./trace-error.js";
import type { DecimalSign, TraceReading } from "./trace-reading.js";
import { litreUnits, unitMeaning } from "./volume-unit.js";

/** One row of a trace, as it stands there. */
export interface CountedRow {
  readonly line: number;
  readonly epochMilliseconds: number;
  /** Of the exact units of its `CountedRows`. */
  readonly units: bigint;
  /** What stands in the quantity's column. */
  readonly text: string;
  /** True for a last row without a line end, of which a part may be missing. */
  readonly mayBeCut: boolean;
}

interface Fields {
  readonly line: number;
  readonly fields: readonly string[];
  readonly isEnded: boolean;
}

const scale = 10n ** BigInt(decimals);
const digitsAlone = /^\d{1,15}$/;
const mostUnitLines = 3;
/** What data loggers write below a unit that says nothing of it: samples and totals. */
const processWords = /^(smp|tot|sum|-*)$/i;

/** The rows below a header. */
export class CountedRows {
  /**
   * Pulses are counted in halves, so that the n pulses of a row fall in the middle of n equal parts of it: two rows of
   * the same count then join without a seam.
   */
  readonly unitsPerPulse: bigint;
  /** How far the wheel stands into its next pulse when the trace begins. */
  readonly unitsAtStart: bigint;
  #path: string;
  #lines: TextLines;
  #header: TraceHeader;
  #unit: QuantityUnit;
  #firstLine: number;
  /** Fields up to the last that has a name. */
  #namedFields: number;
  #sign: DecimalSign | undefined;
  #clock: TraceClock;

  /** @throws {TraceError} when the quantity's unit can't be told */
  constructor(
    path: string,
    lines: TextLines,
    header: TraceHeader,
    reading: TraceReading,
    litresPerPulse: number,
  ) {
    this.#path = path;
    this.#lines = lines;
    this.#header = header;
    this.#namedFields = Math.max(...header.names.map((name, index) => (name === "" ? 0 : index + 1)));
    const { firstLine, unit } = this.#unitLines();
    this.#firstLine = firstLine;
    this.#unit = quantityUnit(path, header, unit, reading.volumeUnit);
    this.#sign = reading.decimal;
    this.#clock = new TraceClock(path, header.time, reading, () => this.#times());
    const isOfPulses = this.#unit === "pulses";
    this.unitsPerPulse = isOfPulses ? 2n : litreUnits(litresPerPulse);
    this.unitsAtStart = isOfPulses ? 1n : 0n;
  }

  /** @throws {TraceError} at the first row whose time or count can't be used. */
  *rows(): Generator<CountedRow> {
    let before: CountedRow | undefined;
    let usualFields = 0;
    for (const row of this.#fields()) {
      const { line, fields, isEnded } = row;
      if (!isEnded) this.#requireWhole(row, usualFields);
      usualFields = fields.length;
      this.#requireNames(row);
      this.#requireFields(row);
      const time = this.#timeText(fields);
      const epochMilliseconds = this.#clock.read(line, time);
      this.#requireLater(line, time, epochMilliseconds, before);
      const { position } = this.#header.quantity;
      const text = fields[position] ?? "";
      before = {
        line,
        epochMilliseconds,
        units: this.#units(row, text),
        text,
        mayBeCut: !isEnded && position === fields.length - 1,
      };
      yield before;
    }
  }

  /** The lines below the header that hold something, as fields. */
  *#fields(): Generator<Fields> {
    for (const { number, text, isEnded } of this.#lines.lines()) {
      if (number < this.#firstLine || text.trim() === "") continue;
      const fields = csvFields(text, this.#header.delimiter);
      if (fields) yield { line: number, fields, isEnded };
      else
        throw new TraceError(this.#path, number, `a quote is not closed${isEnded ? "; close it" : cutOff}`);
    }
  }

  *#times(): Generator<{ line: number; text: string }> {
    for (const { line, fields } of this.#fields()) yield { line, text: this.#timeText(fields) };
  }

  #timeText(fields: readonly string[]): string {
    const { timeColumn, clockColumn } = this.#header;
    const date = fields[timeColumn] ?? "";
    return clockColumn === undefined ? date : `${date} ${fields[clockColumn] ?? ""}`.trim();
  }

  #requireWhole({ line, fields }: Fields, usualFields: number): void {
    if (fields.length >= usualFields) return;
    throw new TraceError(
      this.#path,
      line,
      `has ${fields.length} of ${usualFields} fields and no line end${cutOff}`,
    );
  }

  /** A value where the header has no name shows that a number was cut in two, as `1,5` between commas. */
  #requireNames({ line, fields }: Fields): void {
    const { names, quantity, timeColumn, delimiter } = this.#header;
    const first = Math.min(quantity.position, timeColumn);
    for (let index = fields.length - 1; index > first; index--) {
      if (fields[index] === "" || (names[index] ?? "") !== "") continue;
      throw new TraceError(
        this.#path,
        line,
        `has a value in column ${index + 1}, where the header has no name; name all columns, and put fields with ${markText(delimiter)} inside in quotes`,
      );
    }
  }

  /** Where fields are missing at the end, what stands before may be the halves of a number. */
  #requireFields({ line, fields }: Fields): void {
    const { quantity, delimiter } = this.#header;
    const wanted = this.#namedFields;
    // A quantity that is missing is told as such.
    if (fields.length >= wanted || fields.length <= quantity.position) return;
    throw new TraceError(
      this.#path,
      line,
      `has ${fields.length} fields where the header has ${wanted} names; put fields with ${markText(delimiter)} inside in quotes, or add what is missing`,
    );
  }

  #requireLater(line: number, text: string, epochMilliseconds: number, before: CountedRow | undefined): void {
    if (before === undefined || epochMilliseconds > before.epochMilliseconds) return;
    const problem = epochMilliseconds === before.epochMilliseconds ? "repeats the row before" : "goes back";
    throw new TraceError(
      this.#path,
      line,
      `the time ${JSON.stringify(text.slice(0, 60))} ${problem}; put the rows in order of time, each time once`,
    );
  }

  #units({ line, fields, isEnded }: Fields, text: string): bigint {
    const { unitColumn } = this.#header;
    const unit = rowUnit(
      this.#path,
      line,
      this.#unit,
      unitColumn === undefined ? undefined : (fields[unitColumn] ?? ""),
    );
    const isWhole = unit === "pulses";
    if (isWhole && digitsAlone.test(text)) return BigInt(text) * 2n;
    const number = parseDecimal(text, this.#decimalSign(line, text, isWhole));
    if (number !== undefined && (!isWhole || number % scale === 0n))
      return isWhole ? (number / scale) * 2n : number * unit;
    const what = isWhole ? "pulses" : "volume";
    const advice = isWhole ? "write a whole number of at least 0" : "write a decimal number of at least 0";
    throw new TraceError(
      this.#path,
      line,
      `${what} ${countProblem(text)}${isEnded ? `; ${advice}` : cutOff}`,
    );
  }

  /** Known as soon as a number shows it; for one like `1,234` the whole file is looked through. */
  #decimalSign(line: number, text: string, isWhole: boolean): DecimalSign {
    if (this.#sign !== undefined) return this.#sign;
    const evidence = this.#evidence(text, isWhole);
    if (evidence === undefined) return "point";
    this.#sign = evidence === "either" ? this.#findSign(isWhole) : evidence;
    if (this.#sign !== undefined) return this.#sign;
    const [whole = "", fraction = ""] = text.split(/[.,]/);
    throw new TraceError(
      this.#path,
      line,
      `${JSON.stringify(text)} can be ${whole}.${fraction} or ${whole}${fraction}; ` +
        `say --decimal ${text.includes(",") ? "comma or --decimal point" : "point or --decimal comma"}`,
    );
  }

  #findSign(isWhole: boolean): DecimalSign | undefined {
    for (const { fields } of this.#fields()) {
      const evidence = this.#evidence(fields[this.#header.quantity.position] ?? "", isWhole);
      if (evidence === "point" || evidence === "comma") return evidence;
    }
    return undefined;
  }

  /** Whoever puts commas between fields has points in numbers. */
  #evidence(text: string, isWhole: boolean): DecimalSign | "either" | undefined {
    if (!/[.,]/.test(text)) return undefined;
    const isPoint = this.#header.delimiter === "," && /^[^.,]*\.[^.,]*$/.test(text);
    return isPoint ? "point" : decimalEvidence(text, isWhole);
  }

  /** Lines below the header that hold no values but units, or what a logger did with its samples. */
  #unitLines(): { firstLine: number; unit: string | undefined } {
    const { line, delimiter, quantity, timeColumn } = this.#header;
    let unit: string | undefined;
    let firstLine = line + 1;
    for (const below of this.#lines.lines()) {
      if (below.number <= line) continue;
      const fields = csvFields(below.text, delimiter) ?? [];
      const cell = fields[quantity.position] ?? "";
      if (below.number > line + mostUnitLines || !isUnitLine(below, fields[timeColumn] ?? "", cell)) break;
      firstLine = below.number + 1;
      if (!processWords.test(cell)) unit ??= cell.replace(/^[([{](.*)[)\]}]$/, "$1");
    }
    return { firstLine, unit };
  }
}

const cutOff = ": the file is cut off there; copy it from the logger again, or take the line out";

function markText(delimiter: string): string {
  return delimiter === "\t" ? "a tab" : JSON.stringify(delimiter);
}

function isUnitLine({ text }: TextLine, time: string, cell: string): boolean {
  if (text.trim() === "") return true;
  if (/\d/.test(time) || /^(nan|null|n\/?a|none)$/i.test(cell)) return false;
  // A row without a number has nothing to add, whatever its time.
  return isUnit(cell) || !/\d/.test(cell);
}

function isUnit(cell: string): boolean {
  return unitMeaning(cell.replace(/^[([{](.*)[)\]}]$/, "$1")) !== undefined;
}

function countProblem(text: string): string {
  const quoted = JSON.stringify(text.slice(0, 60));
  if (text === "") return "is missing";
  const value = Number(text);
  if (Number.isNaN(value)) return `${quoted} is not a number`;
  if (value < 0) return `${quoted} is negative`;
  return `${quoted} can't be used`;
}
