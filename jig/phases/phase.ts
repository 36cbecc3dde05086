import type { MeasuredValue } from "../attempt/limits.js";
import type { PhaseContext } from "./phase-context.js";

/** What a phase asks for when it ends, as in OpenHTF. A measurement outside its limits fails it in any case. */
export type PhaseResult = "continue" | "repeat" | "skip" | "stop" | "fail-and-continue";

export type MeasurementType = "number" | "text" | "flag";

export interface MeasurementKind {
  readonly type: MeasurementType;
  /** As people read it, such as `uA`. */
  readonly unit?: string;
}

/** A number that a recipe may set. */
export interface SettingKind {
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** One kind of phase: what a recipe can say of it, and what it does. Measurements and settings carry their unit in their name. */
export interface PhaseKind<Setting extends string = string> {
  /** Kebab-case, as recipes name it. */
  readonly name: string;
  readonly measurements: Readonly<Record<string, MeasurementKind>>;
  readonly settings: Readonly<Record<Setting, SettingKind>>;
  /** Never runs on a unit that has failed before, whatever the recipe says. */
  readonly isForGoodUnitsOnly?: true;
  run(context: PhaseContext<Setting>): Promise<PhaseResult>;
}

export function isOfType(value: MeasuredValue, type: MeasurementType): boolean {
  return typeof value === { number: "number", text: "string", flag: "boolean" }[type];
}

/** Lets a phase's settings be known by name where it is written, and all phases stand in one list. */
export function definePhase<Setting extends string>(kind: PhaseKind<Setting>): PhaseKind {
  return kind;
}
