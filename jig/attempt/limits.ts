/** A value from `minimum` to `maximum`, both included; outside the marginal bounds it passes, but narrowly. */
export interface RangeLimits {
  readonly kind: "range";
  readonly minimum?: number;
  readonly maximum?: number;
  readonly marginalMinimum?: number;
  readonly marginalMaximum?: number;
}

/** A value that differs from `nominal` by at most `percent` of it; beyond `marginalPercent` it passes narrowly. */
export interface PercentLimits {
  readonly kind: "within-percent";
  readonly nominal: number;
  readonly percent: number;
  readonly marginalPercent?: number;
}

export interface EqualLimits {
  readonly kind: "equals";
  readonly value: MeasuredValue;
}

/** A text that the pattern matches as a whole. */
export interface PatternLimits {
  readonly kind: "regex";
  readonly pattern: string;
}

/** What a measurement has to hold: OpenHTF's validators. */
export type Limits = RangeLimits | PercentLimits | EqualLimits | PatternLimits;

export type MeasuredValue = number | string | boolean;

export interface Verdict {
  readonly isWithin: boolean;
  /** Within, but in the marginal band. */
  readonly isMarginal: boolean;
}

/** Holds a value against its limits; a value of the wrong type is outside. */
export function judge(limits: Limits, value: MeasuredValue): Verdict {
  if (limits.kind === "equals") return verdict(value === limits.value);
  if (limits.kind === "regex")
    return verdict(typeof value === "string" && new RegExp(`^(?:${limits.pattern})$`, "u").test(value));
  if (typeof value !== "number" || Number.isNaN(value)) return verdict(false);
  if (limits.kind === "within-percent") {
    const off = Math.abs(value - limits.nominal) * 100;
    const scale = Math.abs(limits.nominal);
    return verdict(off <= limits.percent * scale, off > (limits.marginalPercent ?? Infinity) * scale);
  }
  const { minimum = -Infinity, maximum = Infinity } = limits;
  const { marginalMinimum = -Infinity, marginalMaximum = Infinity } = limits;
  return verdict(value >= minimum && value <= maximum, value < marginalMinimum || value > marginalMaximum);
}

function verdict(isWithin: boolean, isNarrow = false): Verdict {
  return { isWithin, isMarginal: isWithin && isNarrow };
}
