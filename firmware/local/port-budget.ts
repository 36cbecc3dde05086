import type { AccessMemory } from "./access-memory.js";

/*
 * What a line may cost on which nobody has shown a key: a cable left in the rain, or somebody who means no good, can wake
 * the meter as often as they like. It is an account of the time for which the chip is awake, of 24 mA: full it holds 2 mAh,
 * and in a day it gets 2.9 mAh.
 */
const mostMilliseconds = 300_000;
/** So many milliseconds fill one in: 18 s an hour. */
const refillMilliseconds = 200;
/** Enough to authenticate, and to hear that nobody says anything; with less the meter does not listen. */
export const leastVisitMilliseconds = 5000;
const longestDeafMilliseconds = leastVisitMilliseconds * refillMilliseconds;

/** A contact draws three times what a visit does, and is not begun with less than a usual one costs. */
export const contactMilliseconds = 60_000;
export const contactFactor = 3;

/** Below 0 after a contact that took long. */
export function budgetLeft(memory: AccessMemory, ticks: number): number {
  return mostMilliseconds - Math.max(0, memory.budgetFullTicks - ticks) / refillMilliseconds;
}

export function spendBudget(memory: AccessMemory, ticks: number, milliseconds: number): void {
  const from = Math.max(memory.budgetFullTicks, ticks);
  memory.budgetFullTicks = Math.ceil(from + milliseconds * refillMilliseconds);
}

/** Ticks until which the meter does not listen to its line, a quarter of an hour off at most; 0 where it listens. */
export function deafUntilTicks(memory: AccessMemory, ticks: number): number {
  const { budgetFullTicks } = memory;
  const untilTicks = budgetFullTicks - (mostMilliseconds - leastVisitMilliseconds) * refillMilliseconds;
  return untilTicks <= ticks ? 0 : Math.min(untilTicks, ticks + longestDeafMilliseconds);
}
