import { dayMilliseconds } from "../../../../hal/base/time-units.js";
import { earliestEpochSeconds, isInClockRange, latestEpochSeconds } from "../../clock-range.js";
import { clockMilliseconds, datesOf, splitTime } from "./calendar-time.js";
import type { TimeRemarks } from "./time-name.js";
import { TraceError } from "./trace-error.js";
import { type DateOrder, type TimeUnit, timeUnits, type TraceReading } from "./trace-reading.js";

const timeFormats =
  "2019-10-04T13:10:06Z, 2019-10-4 13:10:06, 4.10.2019 13:10, 10/4/2019 1:10 PM, 19-10-4 13:10:06, or seconds since 1970";
const number = /^\d{1,17}(?:[.,]\d+)?$/;
const millisecondsPerUnit: Readonly<Record<TimeUnit, number>> = {
  s: 1000,
  ms: 1,
  us: 0.001,
  min: 60_000,
  h: 3_600_000,
  days: dayMilliseconds,
  excel: dayMilliseconds,
};
/** 1970-01-01 in an Excel sheet. */
const excelEpochDays = 25_569;
/** What a number without a unit can be; each of them has numbers of its own from 2010 to 2069. */
const usualUnits: readonly TimeUnit[] = ["s", "ms", "us", "excel"];

/** A text of the file's time column, with its line. */
export interface TimeText {
  readonly line: number;
  readonly text: string;
}

/** Reads the times of a file, which are all written in the same way. */
export class TraceClock {
  #path: string;
  #zone: number;
  #remarks: TimeRemarks;
  #unit: TimeUnit | undefined;
  #order: DateOrder | undefined;
  #allTimes: () => Iterable<TimeText>;
  #date = "";
  #midnight = 0;

  /** `allTimes` gives those of the whole file, for when one of them can be read in two ways. */
  constructor(path: string, remarks: TimeRemarks, reading: TraceReading, allTimes: () => Iterable<TimeText>) {
    this.#path = path;
    this.#remarks = remarks;
    this.#zone = remarks.zoneMinutes ?? 0;
    this.#unit = reading.timeUnit ?? remarks.unit;
    this.#order = reading.dateOrder ?? remarks.order;
    this.#allTimes = allTimes;
  }

  /**
   * @returns milliseconds since 1970-01-01T00:00:00Z; without a zone it is taken as UTC.
   * @throws {TraceError} when it can't be read, can be read in two ways, or no meter's clock can tell it
   */
  read(line: number, text: string): number {
    if (number.test(text) && !/^20\d{6}(\d{4}(\d{2})?)?$/.test(text)) return this.#count(line, text);
    const written = splitTime(text);
    const midnight = written && this.#dayOf(line, written.date);
    const clock = written && clockMilliseconds(written.clock, this.#zone);
    if (midnight === undefined || clock === undefined) {
      const isNote = !/\d/.test(text);
      const advice = isNote ? ", or take the line out if it is a total, a note or another header" : "";
      const problem = `the time ${JSON.stringify(text.slice(0, 60))} can't be read; write it like ${timeFormats}${advice}`;
      throw this.#problem(line, problem);
    }
    return this.#inRange(line, text, midnight + clock);
  }

  #dayOf(line: number, text: string): number | undefined {
    if (text === this.#date) return this.#midnight;
    const dates = datesOf(text);
    if (this.#order === undefined) {
      const orders = credible(dates);
      this.#order = orders.length > 1 ? this.#findOrder(line, text) : orders[0];
    }
    // A date that is out of range in any order is told as such.
    const midnight = this.#order === undefined ? [...dates.values()][0] : dates.get(this.#order);
    if (midnight === undefined) return undefined;
    this.#date = text;
    this.#midnight = midnight;
    return midnight;
  }

  /** The one order in which all dates of the file are dates that follow each other. */
  #findOrder(line: number, text: string): DateOrder {
    const before = new Map<DateOrder, number>();
    let orders = credible(datesOf(text));
    let date = "";
    for (const each of this.#allTimes()) {
      const next = splitTime(each.text)?.date ?? date;
      if (next === date) continue;
      date = next;
      const dates = datesOf(date);
      const isLater = (order: DateOrder): boolean => (dates.get(order) ?? -1) >= (before.get(order) ?? 0);
      const left = orders.filter((order) => credible(dates).includes(order) && isLater(order));
      // Rows that are out of order in any case are told where they stand.
      if (left.length > 0) orders = left;
      if (orders.length === 1) break;
      for (const [order, midnight] of dates) before.set(order, midnight);
    }
    const [order] = orders;
    if (order !== undefined && orders.length === 1) return order;
    const readings = orders.map((each) => `${isoDate(datesOf(text).get(each) ?? 0)} (${each})`).join(" or ");
    throw this.#problem(
      line,
      `the date ${JSON.stringify(text)} can be ${readings}; say ${orders.map((each) => `--date-order ${each}`).join(" or ")}`,
    );
  }

  /** A number: time since 1970, or days of a sheet. */
  #count(line: number, text: string): number {
    const value = Number(text.replace(",", "."));
    const { unknown } = this.#remarks;
    if (this.#unit === undefined && unknown !== undefined)
      throw this.#problem(
        line,
        `the unit ${JSON.stringify(unknown)} of the time is not known; say --time-unit (${timeUnits.join(", ")})`,
      );
    this.#unit ??= usualUnits.find((unit) => isInClockRange(epochMilliseconds(value, unit) / 1000)) ?? "s";
    return this.#inRange(line, text, epochMilliseconds(value, this.#unit));
  }

  #inRange(line: number, text: string, milliseconds: number): number {
    if (isInClockRange(milliseconds / 1000)) return milliseconds;
    const unit = number.test(text)
      ? ` as ${this.#unit ?? "s"}${this.#unit === "excel" ? "" : " since 1970"}`
      : "";
    const range = `${isoDate(earliestEpochSeconds * 1000)} to ${isoDate(latestEpochSeconds * 1000)}`;
    const advice =
      unit === "" ? "correct the date" : `write dates, or say --time-unit (${timeUnits.join(", ")})`;
    throw this.#problem(
      line,
      `the time ${JSON.stringify(text.slice(0, 60))} is ${instantText(milliseconds)}${unit}, and a meter's clock goes from ${range}; ${advice}`,
    );
  }

  #problem(line: number, text: string): TraceError {
    return new TraceError(this.#path, line, text);
  }
}

function epochMilliseconds(value: number, unit: TimeUnit): number {
  return Math.round((value - (unit === "excel" ? excelEpochDays : 0)) * millisecondsPerUnit[unit]);
}

/** The orders in which a date is one that a meter can be told. */
function credible(dates: ReadonlyMap<DateOrder, number>): DateOrder[] {
  return [...dates].filter(([, midnight]) => isInClockRange(midnight / 1000)).map(([order]) => order);
}

function isoDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function instantText(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? "no date at all" : date.toISOString();
}
