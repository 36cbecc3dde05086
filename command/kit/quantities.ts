import { daySeconds } from "../../hal/base/time-units.js";

/** Quantities as people read them. */

/** `13,123` */
export function countText(count: number): string {
  return count.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** `1 report`, `2 reports` */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** A volume in m3, to the litre. */
export function cubicMetresText(pulses: number, pulseWeightMillilitres: number): string {
  return ((pulses * pulseWeightMillilitres) / 1e6).toFixed(3);
}

/** `2026-01-15T03:12:44Z` */
export function timeText(epochSeconds: number): string {
  return new Date(Math.floor(epochSeconds) * 1000).toISOString().replace(".000Z", "Z");
}

const units = Object.freeze([
  { name: " years", seconds: 365.25 * daySeconds },
  { name: " days", seconds: daySeconds },
  { name: " h", seconds: 3600 },
  { name: " min", seconds: 60 },
  { name: " s", seconds: 1 },
]);

/** A duration in its two largest units: `4 h 11 min`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const index = units.findIndex((unit) => whole >= unit.seconds);
  const large = units[index];
  if (!large) return "0 s";
  const small = units[index + 1];
  const largeCount = small ? Math.floor(whole / large.seconds) : whole;
  const text = `${largeCount}${singular(large.name, largeCount)}`;
  const smallCount = small ? Math.floor((whole - largeCount * large.seconds) / small.seconds) : 0;
  return small && smallCount > 0 ? `${text} ${smallCount}${singular(small.name, smallCount)}` : text;
}

/** A number of days as it was asked for: `1 day`, `30 days`, `0.5 days`. */
export function daysText(seconds: number): string {
  const days = Number((seconds / daySeconds).toFixed(2));
  return days === 1 ? "1 day" : `${days.toLocaleString("en-US")} days`;
}

/** `1,234 times`; with decimals below ten. */
export function factorText(factor: number): string {
  return factor.toLocaleString("en-US", { maximumSignificantDigits: factor < 1000 ? 3 : 4 });
}

/** `8.1 kB`, in thousands of bytes. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function singular(name: string, count: number): string {
  return count === 1 && name.endsWith("s") && name.length > 2 ? name.slice(0, -1) : name;
}
