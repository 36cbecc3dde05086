const dateAndTime =
  /^(\d{4}|\d{2})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const epochSeconds = /^\d{1,11}(?:\.\d+)?$/;

export const traceTimeFormats =
  "2019-10-04T13:10:06Z, 2019-10-4 13:10:06, 19-10-4 13:10:06, or seconds since 1970";

/**
 * Reads a logger's time: ISO 8601, `YYYY-M-D H:MM:SS`, `YY-M-D H:MM:SS` (of this century) or epoch seconds. Without a
 * zone it is taken as UTC.
 * @returns milliseconds since 1970-01-01T00:00:00Z; undefined when it is no time.
 */
export function parseTraceTime(text: string): number | undefined {
  const match = dateAndTime.exec(text);
  if (!match) return epochSeconds.test(text) ? Math.round(Number(text) * 1000) : undefined;
  const [, years, months, days, hours = "0", minutes = "0", seconds = "0", fraction = "", zone = "Z"] = match;
  const year = Number(years) + (years?.length === 2 ? 2000 : 0);
  const month = Number(months);
  const day = Number(days);
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  // Date.UTC carries 30 February over into March.
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const wholeSeconds = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  const milliseconds = Math.round(Number(`0.${fraction}`) * 1000);
  return midnight + wholeSeconds * 1000 + milliseconds - zoneMilliseconds(zone);
}

function zoneMilliseconds(zone: string): number {
  if (zone === "Z" || zone === "z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
