import { mean } from "d3-array";
import { meanMovingRange, movingRanges } from "./capability.js";

/** Three deviations, from the mean moving range of two: 3 / 1.128. */
const limitPerRange = 2.66;

/** D4 for a range of two. */
const rangeLimitPerRange = 3.267;

/** A chart of individuals and moving ranges, X-mR. */
export interface IndividualsChart {
  readonly values: readonly number[];
  readonly mean: number;
  readonly lowerLimit: number;
  readonly upperLimit: number;
  /** One less than values: the first belongs to the second value. */
  readonly ranges: readonly number[];
  readonly meanRange: number;
  readonly rangeLimit: number;
  /** Indexes of values beyond the limits. */
  readonly signals: readonly number[];
  /** Indexes of ranges above their limit. */
  readonly rangeSignals: readonly number[];
}

/**
 * The limits within which a steady process stays (Montgomery, Introduction to Statistical Quality Control, 6th
 * edition, section 6.4; Wheeler, Understanding Variation). Undefined for less than two values.
 * @param values in the order in which they were measured
 */
export function individualsChart(values: readonly number[]): IndividualsChart | undefined {
  const average = mean(values);
  if (average === undefined || values.length < 2) return undefined;
  const ranges = movingRanges(values);
  const meanRange = meanMovingRange(values);
  const lowerLimit = average - limitPerRange * meanRange;
  const upperLimit = average + limitPerRange * meanRange;
  const rangeLimit = rangeLimitPerRange * meanRange;
  return {
    values,
    mean: average,
    lowerLimit,
    upperLimit,
    ranges,
    meanRange,
    rangeLimit,
    signals: indexesWhere(values, (value) => value < lowerLimit || value > upperLimit),
    rangeSignals: indexesWhere(ranges, (range) => range > rangeLimit),
  };
}

function indexesWhere(values: readonly number[], holds: (value: number) => boolean): number[] {
  return values.flatMap((value, index) => (holds(value) ? [index] : []));
}
