import type { RunSample } from "./run-book.js";
import { yearSeconds } from "./year.js";

/** Whole days that an estimate takes; the first of a run is left out, for it has the first search for a network. */
const leastDays = 2;

/**
 * How long a battery lasts that was full at the start, going by the run's whole days after the first; undefined before
 * there are two, for until then each contact moves the figure by years.
 * @param midnights samples a day apart, from the start on
 */
export function settledBatteryYears(midnights: readonly RunSample[]): number | undefined {
  const [, first] = midnights;
  const last = midnights.at(-1);
  if (!first || !last || midnights.length - 2 < leastDays) return undefined;
  const spent = first.batteryFraction - last.batteryFraction;
  return spent > 0 ? (last.atSeconds - first.atSeconds) / yearSeconds / spent : undefined;
}
