import type { JSONPath } from "jsonc-parser";
import type { Limits, PercentLimits, RangeLimits } from "../attempt/limits.js";
import { isOfType, type MeasurementKind, type PhaseKind } from "../phases/phase.js";
import type { LimitsForm } from "./recipe-schema.js";
import type { RecipeText } from "./recipe-text.js";

const rangeNames: readonly string[] = ["minimum", "maximum", "marginalMinimum", "marginalMaximum"];
const percentNames: readonly string[] = ["nominal", "percent", "marginalPercent"];

/**
 * The limits of a phase's measurements by name.
 * @throws {RecipeError} when a measurement is unknown, or its limits contradict each other or its type.
 */
export function readLimits(
  text: RecipeText,
  kind: PhaseKind,
  forms: Readonly<Record<string, LimitsForm>>,
  path: JSONPath,
): Map<string, Limits> {
  const limits = new Map<string, Limits>();
  for (const [name, form] of Object.entries(forms)) {
    const measurement = kind.measurements[name];
    if (!measurement)
      throw text.errorAt(
        [...path, name],
        `is no measurement of ${kind.name}; it has ${Object.keys(kind.measurements).join(", ")}`,
      );
    try {
      limits.set(name, readOne(form, measurement));
    } catch (error) {
      if (error instanceof WrongLimits) throw text.errorAt([...path, name], error.message);
      throw error;
    }
  }
  return limits;
}

class WrongLimits extends Error {}

function readOne(form: LimitsForm, { type }: MeasurementKind): Limits {
  const names = Object.keys(form);
  const isNumber = type === "number";
  if (names.every((name) => rangeNames.includes(name))) {
    if (isNumber) return readRange(form);
    throw new WrongLimits(`is a ${type} and has no range`);
  }
  if (names.every((name) => percentNames.includes(name))) {
    if (isNumber) return readPercent(form);
    throw new WrongLimits(`is a ${type} and has no percentage`);
  }
  if (names.length > 1)
    throw new WrongLimits(`mixes ${names.join(" and ")}; take a range, a percentage, equals or regex`);
  if (form.equals !== undefined) {
    if (isOfType(form.equals, type)) return { kind: "equals", value: form.equals };
    throw new WrongLimits(`is a ${type}, and can't equal ${JSON.stringify(form.equals)}`);
  }
  if (type === "text") return readPattern(form.regex ?? "");
  throw new WrongLimits(`is a ${type}, and a regex is for texts`);
}

function readRange(form: LimitsForm): RangeLimits {
  const { minimum, maximum, marginalMinimum, marginalMaximum } = form;
  if (minimum === undefined && maximum === undefined)
    throw new WrongLimits("has a marginal band but no minimum or maximum");
  // In order, lowest first: each must not be above the next that is given.
  const bounds = [
    ["minimum", minimum],
    ["marginalMinimum", marginalMinimum],
    ["marginalMaximum", marginalMaximum],
    ["maximum", maximum],
  ].filter((bound): bound is [string, number] => bound[1] !== undefined);
  for (const [index, [name, value]] of bounds.entries()) {
    const next = bounds[index + 1];
    if (next && value > next[1])
      throw new WrongLimits(`contradicts itself: ${name} ${value} is above ${next[0]} ${next[1]}`);
  }
  return { kind: "range", ...(form as Omit<RangeLimits, "kind">) };
}

function readPercent({ nominal, percent, marginalPercent }: LimitsForm): PercentLimits {
  if (nominal === undefined || percent === undefined) throw new WrongLimits("needs both nominal and percent");
  if (marginalPercent !== undefined && marginalPercent > percent)
    throw new WrongLimits(
      `contradicts itself: marginalPercent ${marginalPercent} is above percent ${percent}`,
    );
  return {
    kind: "within-percent",
    nominal,
    percent,
    ...(marginalPercent !== undefined && { marginalPercent }),
  };
}

function readPattern(pattern: string): Limits {
  try {
    new RegExp(pattern, "u");
  } catch {
    throw new WrongLimits(`has no valid regex: ${JSON.stringify(pattern)}`);
  }
  return { kind: "regex", pattern };
}
