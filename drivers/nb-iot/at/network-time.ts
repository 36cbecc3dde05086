import { dayMilliseconds } from "../../../hal/base/time-units.js";
import { consistsOf, decimalDigits, hasForm } from "./characters.js";
import { unquoted } from "./parameters.js";

/** Before the network has given the time, the modem's clock starts from a date long past. */
const firstCredibleYear = 2010;
/** Years of two digits end there, and no meter lives longer. */
const lastCredibleYear = 2069;
/** 24 hours: no zone is further from UTC. */
const mostQuarterHours = 96;

/** What a modem's clock shows, which is local time by 3GPP TS 27.007, 8.15, and UTC on some parts and networks. */
export interface ClockReading {
  /** In epoch milliseconds, as if it were UTC. */
  readonly shownMilliseconds: number;
  /** How far local time is ahead of UTC. */
  readonly zoneMilliseconds: number;
}

/**
 * Reads the answer to AT+CCLK?, `20/11/03,06:25:06+32` with or without quotes, the zone in quarters of an hour, which may
 * lack its zero, or be missing.
 * @returns `not-set` when the network has not given the time, `unreadable` for anything else.
 */
export function parseClock(text: string): ClockReading | "not-set" | "unreadable" {
  const clock = unquoted(text.trim());
  const yearLength = clock.indexOf("/");
  const rest = clock.slice(Math.max(0, yearLength));
  if (!hasForm(rest.slice(0, timeLength), "/00/00,00:00:00")) return "unreadable";
  const zoneMilliseconds = zoneIn(rest.slice(timeLength));
  if (zoneMilliseconds === undefined) return "unreadable";
  const yearDigits = clock.slice(0, yearLength);
  if ((yearLength !== 2 && yearLength !== 4) || !consistsOf(yearDigits, decimalDigits)) return "unreadable";
  const hour = Number(rest.slice(7, 9));
  const minute = Number(rest.slice(10, 12));
  const second = Number(rest.slice(13, 15));
  const civil = {
    year: fullYear(Number(yearDigits)),
    month: Number(rest.slice(1, 3)),
    day: Number(rest.slice(4, 6)),
    seconds: hour * 3600 + minute * 60 + second,
  };
  if (
    civil.month < 1 ||
    civil.month > 12 ||
    civil.day < 1 ||
    civil.day > daysInMonth(civil.year, civil.month)
  )
    return "unreadable";
  if (hour > 23 || minute > 59 || second > 60) return "unreadable";
  if (civil.year < firstCredibleYear) return "not-set";
  if (civil.year > lastCredibleYear) return "unreadable";
  const days = daysFromEpoch(civil.year, civil.month, civil.day);
  return { shownMilliseconds: days * dayMilliseconds + civil.seconds * 1000, zoneMilliseconds };
}

/**
 * Reads `+CTZEU: "+8",0,"2026/10/02,23:50:20"`, by which the network's news of the time are told as they come, in UTC.
 * @returns epoch milliseconds; undefined for anything else.
 */
export function parseUniversalTime(line: string): number | undefined {
  // The time has a comma in it.
  const start = line.lastIndexOf('"', line.length - 2);
  if (!line.startsWith('+CTZEU: "') || !line.endsWith('"')) return undefined;
  const time = parseClock(line.slice(start));
  return typeof time === "string" ? undefined : time.shownMilliseconds;
}

const timeLength = "/00/00,00:00:00".length;

function zoneIn(text: string): number | undefined {
  if (text === "") return 0;
  if (!hasForm(text, "±00") && !hasForm(text, "±0")) return undefined;
  const quarterHours = Number(text);
  return Math.abs(quarterHours) > mostQuarterHours ? undefined : quarterHours * 900_000;
}

function fullYear(year: number): number {
  if (year >= 100) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function daysInMonth(year: number, month: number): number {
  const next = month === 12 ? daysFromEpoch(year + 1, 1, 1) : daysFromEpoch(year, month + 1, 1);
  return next - daysFromEpoch(year, month, 1);
}

/** Days from 1970-01-01 in the Gregorian calendar; years are counted from March so that leap days come last. */
function daysFromEpoch(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const monthFromMarch = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}
