import type { Measurement } from "../attempt/attempt.js";
import { type Limits, type MeasuredValue, judge } from "../attempt/limits.js";
import { inWords } from "../attempt/words.js";
import { isOfType, type PhaseKind } from "../phases/phase.js";

/** The measurements that one run of a phase takes. */
export class Measurements {
  #kind: PhaseKind;
  #limits: ReadonlyMap<string, Limits>;
  #values = new Map<string, MeasuredValue>();

  constructor(kind: PhaseKind, limits: ReadonlyMap<string, Limits>) {
    this.#kind = kind;
    this.#limits = limits;
  }

  /** @throws {RangeError} for a measurement that the phase's kind doesn't declare: a fault of the phase. */
  set(name: string, value: MeasuredValue): void {
    const declared = this.#kind.measurements[name];
    if (!declared || !isOfType(value, declared.type))
      throw new RangeError(`${this.#kind.name} declares no ${typeof value} ${name}`);
    this.#values.set(name, value);
  }

  /** What was measured and what should have been, in the order in which the kind declares it. */
  results(): Measurement[] {
    return Object.entries(this.#kind.measurements).flatMap(([name, { unit }]) => {
      const value = this.#values.get(name);
      const limits = this.#limits.get(name);
      if (value === undefined && !limits) return [];
      const { isWithin, isMarginal } =
        value === undefined
          ? { isWithin: false, isMarginal: false }
          : limits
            ? judge(limits, value)
            : { isWithin: true, isMarginal: false };
      return {
        name,
        ...(value !== undefined && { value }),
        ...(unit !== undefined && { unit }),
        ...(limits && { limits }),
        outcome: isWithin ? "PASS" : "FAIL",
        isMarginal,
      } satisfies Measurement;
    });
  }
}

/** A measurement that failed, in one line for people. */
export function failureText({ name, value, unit, limits }: Measurement): string {
  if (value === undefined) return `${inWords(name)} was not measured`;
  const shown = typeof value === "number" ? numberText(value) : JSON.stringify(value);
  return `${inWords(name)} is ${shown}${unit === undefined ? "" : ` ${unit}`}${limits ? `, ${expectation(limits)}` : ""}`;
}

function expectation(limits: Limits): string {
  switch (limits.kind) {
    case "equals":
      return `not ${JSON.stringify(limits.value)}`;
    case "regex":
      return `which ${limits.pattern} does not match`;
    case "within-percent":
      return `not within ${limits.percent} % of ${limits.nominal}`;
    case "range": {
      const { minimum, maximum } = limits;
      if (minimum === undefined) return `above ${maximum ?? ""}`;
      if (maximum === undefined) return `below ${minimum}`;
      return `not from ${minimum} to ${maximum}`;
    }
  }
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(6)));
}
