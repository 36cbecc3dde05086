import type { Limits } from "../attempt/limits.js";
import type { Bounds } from "./capability.js";

/** The bounds of a number; null for limits that are none of numbers. */
export function numericBounds(limits: Limits | undefined): Bounds | null {
  if (limits?.kind === "range") return { minimum: limits.minimum ?? null, maximum: limits.maximum ?? null };
  if (limits?.kind !== "within-percent") return null;
  const margin = (Math.abs(limits.nominal) * limits.percent) / 100;
  return { minimum: limits.nominal - margin, maximum: limits.nominal + margin };
}

/** Limits as people read them, such as "3500 to 3700 mV". */
export function limitsText(limits: Limits | undefined, unit: string | undefined): string {
  const suffix = unit === undefined ? "" : ` ${unit}`;
  switch (limits?.kind) {
    case undefined:
      return "";
    case "range":
      return rangeText(limits.minimum, limits.maximum, suffix);
    case "within-percent":
      return `${limits.nominal}${suffix} ± ${limits.percent} %`;
    case "equals":
      return `= ${String(limits.value)}${suffix}`;
    case "regex":
      return `matches ${limits.pattern}`;
  }
}

function rangeText(minimum: number | undefined, maximum: number | undefined, suffix: string): string {
  if (minimum === undefined) return maximum === undefined ? "" : `at most ${maximum}${suffix}`;
  return maximum === undefined ? `at least ${minimum}${suffix}` : `${minimum} to ${maximum}${suffix}`;
}
