import type { Attempt } from "../attempt/attempt.js";
import { type AttemptOptions, runAttempt, type UnitInLine } from "../execution/run-attempt.js";
import { phasesOf } from "../recipe/recipe.js";
import type { SlotState } from "./slot-state.js";

export interface SlotOptions extends Omit<AttemptOptions, "onPhase"> {
  readonly place: string;
  readonly onState: (state: SlotState) => void;
}

/**
 * Tests one unit in a slot and tells what there is to see. It never throws: a failure of the slot is the slot's alone.
 * @returns undefined where the records could not take the attempt; it has been shown as an error.
 */
export async function runInSlot(inLine: UnitInLine, options: SlotOptions): Promise<Attempt | undefined> {
  const { slot, place, onState, recipe } = options;
  const phases = phasesOf(recipe.steps).map(({ name }) => name);
  const { serialNumber } = inLine;
  const shown = { slot, place, ...(serialNumber !== undefined && { serialNumber }) };
  let progress = 0;
  onState({ ...shown, activity: "testing", progress });
  try {
    const attempt = await runAttempt(inLine, {
      ...options,
      onPhase: (phase) => {
        progress = Math.max(progress, phases.indexOf(phase) / phases.length);
        onState({ ...shown, activity: "testing", phase, progress });
      },
    });
    const { outcome, reason } = attempt;
    onState({ ...shown, activity: "done", progress: 1, outcome, ...(reason !== undefined && { reason }) });
    return attempt;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onState({ ...shown, activity: "done", progress, outcome: "ERROR", reason: `not stored: ${reason}` });
    return undefined;
  }
}
