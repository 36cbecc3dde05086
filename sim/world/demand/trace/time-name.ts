import { type DateOrder, dateOrders, type TimeUnit } from "./trace-reading.js";
import { zoneMinutes } from "./time-zone.js";

/** What a header says of its times, beside their name. */
export interface TimeRemarks {
  readonly unit: TimeUnit | undefined;
  /** A unit that is not known. */
  readonly unknown: string | undefined;
  readonly order: DateOrder | undefined;
  /** East of Greenwich. */
  readonly zoneMinutes: number | undefined;
}

const timeName =
  /^((local|utc|gmt|reading|read|end|log|logger|sample|measurement|record|event) )?(time|timestamp|time stamp|tmstamp|datetime|date ?\/ ?time|date ?& ?time|date (and )?time|date)( (utc|gmt|end|local))?$/;

const unitNames: readonly (readonly [TimeUnit, RegExp])[] = [
  ["s", /^(s|secs?|seconds?|unix|epoch|unix time)$/],
  ["ms", /^(ms|msecs?|milliseconds?)$/],
  ["us", /^(us|µs|μs|usecs?|microseconds?)$/],
  ["min", /^(m|mins?|minutes?)$/],
  ["h", /^(h|hrs?|hours?)$/],
  ["days", /^(d|days?)$/],
  ["excel", /^(excel|serial|excel (day|date|serial)s?)$/],
];

/** Whether a column's name, brackets and what follows a comma left out, is that of its times: `time_ms` as well. */
export function isTimeName(words: readonly string[]): boolean {
  return timeName.test(words.join(" ")) || unitBehind(words) !== undefined;
}

/** What a header says of its times in brackets, behind a comma or as the last word. */
export function timeRemarks(words: readonly string[], remarks: readonly string[]): TimeRemarks {
  const behind = unitBehind(words);
  const all = [...remarks, ...(behind === undefined ? [] : [behind])];
  const zone = [...all, words.at(-1) ?? ""].map(zoneMinutes).find((minutes) => minutes !== undefined);
  const order = all.map(orderOf).find((each) => each !== undefined);
  const unit = all.map(unitOf).find((each) => each !== undefined);
  const unknown = all.find((each) => zoneMinutes(each) === undefined && !orderOf(each) && !unitOf(each));
  return { unit, unknown, order, zoneMinutes: zone };
}

/** `ms` of `time_ms` and `timestampMs`. */
function unitBehind(words: readonly string[]): string | undefined {
  const last = words.at(-1) ?? "";
  const isBehind = words.length > 1 && unitOf(last) && timeName.test(words.slice(0, -1).join(" "));
  return isBehind ? last : undefined;
}

function unitOf(text: string): TimeUnit | undefined {
  const plain = text.trim().toLowerCase();
  return unitNames.find(([, names]) => names.test(plain))?.[0];
}

/** `dmy` for `DD/MM/YYYY hh:mm`. */
function orderOf(text: string): DateOrder | undefined {
  if (!/^[ymdhst:/.\- ]+$/i.test(text) || !/y.*y/i.test(text)) return undefined;
  const letters = text
    .slice(0, text.search(/h|$/i))
    .toLowerCase()
    .replace(/[^ymd]/g, "");
  const order = letters.replace(/(.)\1+/g, "$1").slice(0, 3);
  return dateOrders.find((each) => each === order);
}
