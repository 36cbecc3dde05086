import { deviation, mean } from "d3-array";

/** Mean range of two values of a normal process, in standard deviations (d2; Montgomery, appendix VI). */
const rangePerDeviation = 1.128;

/** Below it, a process is called not capable: Montgomery's recommended minimum for an existing process. */
export const leastCapability = 1.33;

/** Inclusive bounds in the measurement's unit; null where a side is open. */
export interface Bounds {
  readonly minimum: number | null;
  readonly maximum: number | null;
}

export interface Capability {
  readonly count: number;
  readonly mean: number;
  /** Of the sample, n - 1 in the denominator. */
  readonly deviation: number;
  /** Of short-term variation: the mean moving range over 1.128. */
  readonly withinDeviation: number;
  /** Against `withinDeviation`; null where it says nothing. */
  readonly cpk: number | null;
  /** Against `deviation`: the performance over the whole time. */
  readonly ppk: number | null;
}

/**
 * Process capability of values in the order in which they were measured (Montgomery, Introduction to Statistical
 * Quality Control, 6th edition, sections 8.3 and 6.4). Undefined for less than two values.
 */
export function capability(values: readonly number[], bounds: Bounds): Capability | undefined {
  const [average, spread] = [mean(values), deviation(values)];
  if (average === undefined || spread === undefined) return undefined;
  const withinDeviation = meanMovingRange(values) / rangePerDeviation;
  return {
    count: values.length,
    mean: average,
    deviation: spread,
    withinDeviation,
    cpk: capabilityIndex(average, withinDeviation, bounds),
    ppk: capabilityIndex(average, spread, bounds),
  };
}

/**
 * The distance to the nearer bound, in units of three deviations. Null where that says nothing: without bounds, when
 * nothing varies, and for a count that has to be exact.
 */
export function capabilityIndex(
  average: number,
  standardDeviation: number,
  { minimum, maximum }: Bounds,
): number | null {
  if (standardDeviation === 0 || minimum === maximum) return null;
  const distances = [
    ...(minimum === null ? [] : [average - minimum]),
    ...(maximum === null ? [] : [maximum - average]),
  ];
  return Math.min(...distances) / (3 * standardDeviation);
}

/** The mean of the distances between neighbours; at least two values. */
export function meanMovingRange(values: readonly number[]): number {
  return mean(movingRanges(values)) ?? 0;
}

export function movingRanges(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
}
