import type { Outcome } from "../../hal/outcome.js";

export type ValveDirection = "open" | "close";

/**
 * What the limit switches say. `implausible`: both are closed, so neither can be believed.
 */
export type ValvePosition = "open" | "closed" | "between" | "implausible";

/**
 * Why a move did not succeed. The motor is off in every case.
 * - `stalled`: over-current after the start-up time; the ball is jammed, or a limit switch did not close at the end.
 * - `timed-out`: no limit switch closed in the time of a full stroke.
 * - `limit-fault`: the limit switches contradict each other or the motor's direction.
 * - `stopped`: ended by `stop` or `release`.
 * - `busy`: another move is under way, and goes on.
 */
export type ValveFailure = "stalled" | "timed-out" | "limit-fault" | "stopped" | "busy";

export interface ValveTravel {
  /** How long the motor ran; 0 when the valve stood at its limit already. */
  readonly travelMilliseconds: number;
  /** Highest motor current sampled after the start-up time, rounded to 1 mA; rises over the years as the ball scales up. */
  readonly peakMilliamperes: number;
}

export type ValveOutcome = Outcome<ValveTravel, ValveFailure>;
