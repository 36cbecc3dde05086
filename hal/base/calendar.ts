import { daySeconds } from "./time-units.js";

/**
 * Day of the month, 1 to 31, of a UTC epoch time in seconds (Gregorian calendar). Years are counted from March,
 * so that leap days come last.
 */
export function dayOfMonth(epochSeconds: number): number {
  const days = Math.floor(epochSeconds / daySeconds) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const month = Math.floor((5 * dayOfYear + 2) / 153);
  return dayOfYear - Math.floor((153 * month + 2) / 5) + 1;
}
