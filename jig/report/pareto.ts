import { rollups } from "d3-array";
import type { Attempt } from "../attempt/attempt.js";
import { lastTries } from "./units.js";

/** One cause of failures, the most frequent first. */
export interface ParetoRow {
  /** "phase / measurement", or the phase alone where it failed as a whole. */
  readonly cause: string;
  readonly count: number;
  /** Of all rows, from 0 to 1. */
  readonly share: number;
  /** Of this row and those before it. */
  readonly cumulativeShare: number;
}

/** What made units fail: in each failed attempt, what was outside its limits in the last try of its phase. */
export function failurePareto(attempts: readonly Attempt[]): ParetoRow[] {
  return pareto(attempts.filter(({ outcome }) => outcome === "FAIL").flatMap(failureCauses));
}

/** Where the station failed: the phases in which attempts ended in an error, a timeout or an abort. */
export function stationPareto(attempts: readonly Attempt[]): ParetoRow[] {
  const lost = attempts.filter(({ outcome }) => outcome !== "PASS" && outcome !== "FAIL");
  return pareto(
    lost.map((attempt) => {
      const phase = attempt.phases.filter(({ outcome }) => outcome === attempt.outcome).at(-1);
      return phase ? `${phase.name} (${attempt.outcome})` : `outside a phase (${attempt.outcome})`;
    }),
  );
}

export function failureCauses(attempt: Attempt): string[] {
  const failed = lastTries(attempt).filter(({ outcome }) => outcome === "FAIL");
  const causes = failed.flatMap(({ name, measurements }) => {
    const outside = measurements.filter(({ outcome }) => outcome === "FAIL");
    return outside.length === 0 ? [name] : outside.map((measurement) => `${name} / ${measurement.name}`);
  });
  return causes.length === 0 ? ["outside a phase"] : causes;
}

/** Causes by falling count; equal counts by name. */
export function pareto(causes: readonly string[]): ParetoRow[] {
  const counts = rollups(
    causes,
    (same) => same.length,
    (cause) => cause,
  ).sort(([oneCause, one], [otherCause, other]) => other - one || (oneCause < otherCause ? -1 : 1));
  let sum = 0;
  return counts.map(([cause, count]) => {
    sum += count;
    return { cause, count, share: count / causes.length, cumulativeShare: sum / causes.length };
  });
}
