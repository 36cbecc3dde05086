import type { RecipeIdentity } from "../attempt/attempt.js";
import type { Limits } from "../attempt/limits.js";
import type { PhaseKind } from "../phases/phase.js";
import type { PhaseSettings } from "../phases/phase-context.js";

/** What is done with a unit, in order, and what each measurement has to hold. */
export interface Recipe {
  readonly identity: RecipeIdentity;
  readonly steps: readonly RecipeStep[];
}

export type RecipeStep = PhaseStep | GroupStep | CheckpointStep;

export interface PhaseStep {
  readonly type: "phase";
  /** Unique within the recipe; the kind's name unless the recipe gives another. */
  readonly name: string;
  readonly kind: PhaseKind;
  readonly settings: PhaseSettings;
  readonly limits: ReadonlyMap<string, Limits>;
  readonly timeoutSeconds: number;
  /** How often it is tried while it fails or takes too long. */
  readonly repeatLimit: number;
  readonly onFailure: "stop" | "continue";
  readonly isSkipped: boolean;
}

/** Phases with a teardown that always runs once the group has begun. A failing setup leaves the steps out. */
export interface GroupStep {
  readonly type: "group";
  readonly name: string;
  readonly setup: readonly RecipeStep[];
  readonly steps: readonly RecipeStep[];
  readonly teardown: readonly RecipeStep[];
}

/** Ends the attempt when a phase before it has failed. */
export interface CheckpointStep {
  readonly type: "checkpoint";
  readonly name: string;
}

/** Every phase of the steps, in order. */
export function phasesOf(steps: readonly RecipeStep[]): PhaseStep[] {
  return steps.flatMap((step) => {
    if (step.type === "phase") return [step];
    if (step.type === "checkpoint") return [];
    return [...phasesOf(step.setup), ...phasesOf(step.steps), ...phasesOf(step.teardown)];
  });
}
