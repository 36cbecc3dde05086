import { type DateOrder, dateOrders } from "./trace-reading.js";
import { zoneForm, zoneMinutes } from "./time-zone.js";

const separate =
  /^(\d{1,4}([-/.])(?:\d{1,2}|[a-z]{3,9})\2\d{1,4}|\d{1,2} [a-z]{3,9} \d{4})(?:[T, ]\s*(.*))?$/i;
const compact = new RegExp(
  `^(20\\d\\d)(\\d\\d)(\\d\\d)(?:[T ]?(\\d\\d)(\\d\\d)(\\d\\d)?)?(${zoneForm})?$`,
  "i",
);
const timeOfDay = new RegExp(
  `^(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(?:\\s*([ap])\\.?\\s?m\\.?)?\\s*(${zoneForm})?$`,
  "i",
);
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** A time that begins with a date. */
export interface WrittenTime {
  readonly date: string;
  /** Empty where there is no time of day. */
  readonly clock: string;
}

/** @returns undefined for what does not begin with a date; the rest is not looked at. */
export function splitTime(text: string): WrittenTime | undefined {
  const [, date, , clock = ""] = separate.exec(text) ?? [];
  if (date !== undefined) return { date, clock };
  const [, year, month, day, hours, minutes = "", seconds = "00", zone = ""] = compact.exec(text) ?? [];
  if (year === undefined) return undefined;
  return {
    date: `${year}-${month ?? ""}-${day ?? ""}`,
    clock: hours === undefined ? "" : `${hours}:${minutes}:${seconds}${zone}`,
  };
}

/** The dates that a text can mean, as midnights in milliseconds since 1970, by the order of its parts. */
export function datesOf(text: string): Map<DateOrder, number> {
  const [first = "", second = "", third = ""] = text.split(/[-/. ]/);
  const dates = new Map<DateOrder, number>();
  for (const order of dateOrders) {
    if (!isPossible(order, text, first, third)) continue;
    const [year, month, day] =
      order === "ymd" ? [first, second, third] : [third, ...monthAndDay(order, first, second)];
    const midnight = midnightOf(year, month, day);
    if (midnight !== undefined) dates.set(order, midnight);
  }
  return dates;
}

/**
 * The time of day, and how far its zone is from UTC.
 * @returns milliseconds since midnight in UTC; undefined when it is none.
 * @param zone minutes east of Greenwich where the text has none
 */
export function clockMilliseconds(text: string, zone: number): number | undefined {
  if (text === "") return -zone * 60_000;
  const match = timeOfDay.exec(text);
  if (!match) return undefined;
  const [, hourText, minutes, seconds = "0", fraction = "", half, zoneText] = match;
  const hours = hourOf(Number(hourText), half?.toLowerCase());
  if (hours === undefined || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const offset = zoneText === undefined ? zone : zoneMinutes(zoneText);
  if (offset === undefined) return undefined;
  const wholeSeconds = (hours * 60 + Number(minutes) - offset) * 60 + Number(seconds);
  return wholeSeconds * 1000 + (fraction === "" ? 0 : Math.round(Number(`0.${fraction}`) * 1000));
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour > 23 ? undefined : hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === "p" ? 12 : 0);
}

/** Years have two or four digits; a month in letters and points, `4.10.2019`, go with the day before the month. */
function isPossible(order: DateOrder, text: string, first: string, third: string): boolean {
  if (first.length === 3 || third.length === 3) return false;
  if (order === "ymd") {
    if (first.length === 4) return third.length <= 2;
    return first.length === 2 && third.length <= 2 && !/[a-z.]/i.test(text);
  }
  if (first.length > 2 || third.length < 2) return false;
  return order === "dmy" || !/[a-z.]/i.test(text);
}

function monthAndDay(order: DateOrder, first: string, second: string): [month: string, day: string] {
  return order === "dmy" ? [second, first] : [first, second];
}

function midnightOf(yearText: string, monthText: string, dayText: string): number | undefined {
  const year = Number(yearText) + (yearText.length === 2 ? 2000 : 0);
  const named = months.indexOf(monthText.slice(0, 3).toLowerCase());
  const month = named >= 0 ? named + 1 : Number(monthText);
  const day = Number(dayText);
  const midnight = Date.UTC(year, month - 1, day);
  // Date.UTC carries 30 February over into March.
  const date = new Date(midnight);
  const isThere =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isThere ? midnight : undefined;
}
