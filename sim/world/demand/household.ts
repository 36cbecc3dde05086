import { requireRange } from "../../../hal/base/ranges.js";
import type { Random } from "../../kernel/random.js";
import { DayRhythm } from "./day-rhythm.js";
import { type EndUse, endUses } from "./end-uses.js";
import { addFlow, type FlowChange, MeteredFlow } from "./metered-flow.js";
import { poisson } from "./poisson.js";
import type { PulseSource } from "./pulse-source.js";

export interface HouseholdOptions {
  readonly random: Random;
  /** UTC, whole seconds; the household lives by UTC. */
  readonly startEpochSeconds: number;
  /** 1 to 50. */
  readonly persons: number;
  /** 1 unless given; from 0.001, in whole microlitres. */
  readonly litresPerPulse?: number;
  /** What the meter lets through at most (Q4), in m3/h; 3.125 unless given, which belongs to a Q3 of 2.5. */
  readonly overloadFlow?: number;
}

/**
 * The water a household draws, without end: random uses of toilet, shower, taps and machines that may overlap
 * (`end-uses.ts` has the figures and their source).
 * @throws {RangeError} when an option is out of range.
 */
export function createHousehold({
  random,
  startEpochSeconds,
  persons,
  litresPerPulse = 1,
  overloadFlow = 3.125,
}: HouseholdOptions): PulseSource {
  requireRange(persons, 1, 50, "persons");
  return new MeteredFlow({
    startEpochSeconds,
    litresPerPulse,
    overloadFlow,
    planDay: (midnight, changes) => {
      planDay(random, persons, startEpochSeconds * 1000 + midnight, midnight, changes);
    },
  });
}

function planDay(
  random: Random,
  persons: number,
  epochMilliseconds: number,
  midnight: number,
  changes: FlowChange[],
): void {
  const date = new Date(epochMilliseconds);
  const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  const isSummer = date.getUTCMonth() >= 4 && date.getUTCMonth() <= 8;
  for (let person = 0; person < persons; person++) {
    const rhythm = new DayRhythm(random, isWeekend);
    for (const endUse of endUses) {
      if (endUse.summerOnly && !isSummer) continue;
      planUses(endUse, rhythm, random, midnight, changes);
    }
  }
}

function planUses(
  endUse: EndUse,
  rhythm: DayRhythm,
  random: Random,
  midnight: number,
  changes: FlowChange[],
): void {
  for (let uses = numberOfUses(endUse, random); uses > 0; uses--) {
    const start = midnight + rhythm.timeOf(endUse.weights, random);
    for (const { delayMilliseconds, durationMilliseconds, millilitresPerSecond } of endUse.draw(random))
      addFlow(changes, start + delayMilliseconds, durationMilliseconds, millilitresPerSecond);
  }
}

function numberOfUses({ usesPerDay, onceADay }: EndUse, random: Random): number {
  return onceADay ? Number(random.chance(usesPerDay)) : poisson(usesPerDay, random);
}
