import { group } from "d3-array";
import type { Attempt } from "../attempt/attempt.js";
import type { AttemptOutcome } from "../attempt/outcome.js";
import { type Unit, isJudged, unitsOf } from "./units.js";

/** How many units were good. Shares are from 0 to 1, null when there is no unit. */
export interface Yield {
  readonly units: number;
  /** Units whose very first attempt passed. */
  readonly firstPassUnits: number;
  readonly firstPassShare: number | null;
  /** Units whose last judged attempt passed. */
  readonly finalUnits: number;
  readonly finalShare: number | null;
  readonly attempts: number;
  readonly attemptsByOutcome: Readonly<Record<AttemptOutcome, number>>;
}

export interface SlotYield extends Yield {
  readonly slot: number;
}

export function yieldOf(attempts: readonly Attempt[]): Yield {
  const units = unitsOf(attempts);
  const firstPassUnits = units.filter(isFirstPass).length;
  const finalUnits = units.filter(isGoodInTheEnd).length;
  const share = (count: number): number | null => (units.length === 0 ? null : count / units.length);
  const count = (outcome: AttemptOutcome): number =>
    attempts.filter((attempt) => attempt.outcome === outcome).length;
  return {
    units: units.length,
    firstPassUnits,
    firstPassShare: share(firstPassUnits),
    finalUnits,
    finalShare: share(finalUnits),
    attempts: attempts.length,
    attemptsByOutcome: {
      PASS: count("PASS"),
      FAIL: count("FAIL"),
      ERROR: count("ERROR"),
      TIMEOUT: count("TIMEOUT"),
      ABORTED: count("ABORTED"),
    },
  };
}

/** Each slot's own yield; a unit that was in two slots counts in both, as what it was there. */
export function yieldBySlot(attempts: readonly Attempt[]): SlotYield[] {
  const slots = [...group(attempts, ({ slot }) => slot)].sort(([one], [other]) => one - other);
  return slots.map(([slot, own]) => ({ slot, ...yieldOf(own) }));
}

function isFirstPass({ attempts }: Unit): boolean {
  return attempts[0]?.outcome === "PASS";
}

export function isGoodInTheEnd({ attempts }: Unit): boolean {
  return attempts.filter(isJudged).at(-1)?.outcome === "PASS";
}

/**
 * Whether a slot passes fewer units at first than chance explains: below the three-sigma limit of a chart for
 * fractions (Montgomery, Introduction to Statistical Quality Control, 6th edition, section 7.2).
 */
export function isSlotLow(slot: Yield, all: Yield): boolean {
  if (slot.firstPassShare === null || all.firstPassShare === null) return false;
  const deviation = Math.sqrt((all.firstPassShare * (1 - all.firstPassShare)) / slot.units);
  return slot.firstPassShare < all.firstPassShare - 3 * deviation;
}
