import type { AttemptOutcome } from "../attempt/outcome.js";

/** What there is to see of a slot. */
export interface SlotState {
  /** From 1. */
  readonly slot: number;
  /** Its port, or what stands for it. */
  readonly place: string;
  readonly activity: "empty" | "waiting" | "testing" | "done";
  readonly serialNumber?: string;
  /** Of the recipe, while it is tested. */
  readonly phase?: string;
  /** 0 to 1. */
  readonly progress: number;
  readonly outcome?: AttemptOutcome;
  readonly reason?: string;
}
