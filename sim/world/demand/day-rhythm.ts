import type { Random } from "../../kernel/random.js";
import type { PartOfDayWeights } from "./end-uses.js";

const hour = 3_600_000;
const day = 24 * hour;

interface PartOfDay {
  readonly kind: keyof PartOfDayWeights;
  readonly fromMilliseconds: number;
  readonly toMilliseconds: number;
}

/**
 * One person's day from midnight to midnight: asleep, getting up, at home, perhaps away (which has no part of its own,
 * for nothing is used then), going to bed. As in SIMDEUM, where people are decides when water runs; the hours are our
 * own choice of an ordinary working week, in UTC.
 */
export class DayRhythm {
  #parts: readonly PartOfDay[];

  constructor(random: Random, isWeekend: boolean) {
    const getUp = within(random.normal(isWeekend ? 8.5 : 6.75, 0.75) * hour, 4 * hour, 11 * hour);
    const sleep = within(random.normal(isWeekend ? 23.5 : 22.75, 0.75) * hour, 20 * hour, day);
    const rushEnd = getUp + hour;
    const bedtime = sleep - hour;
    const parts: PartOfDay[] = [
      part("asleep", 0, getUp),
      part("gettingUp", getUp, rushEnd),
      part("goingToBed", bedtime, sleep),
      part("asleep", sleep, day),
    ];
    let leave = bedtime;
    let comeBack = bedtime;
    if (random.chance(isWeekend ? 0.4 : 0.7)) {
      leave = rushEnd + random.exponential(0.5 * hour);
      comeBack = leave + within(random.normal(isWeekend ? 4 : 8, 1.5) * hour, hour, 12 * hour);
    }
    parts.push(part("atHome", rushEnd, Math.min(leave, bedtime)));
    parts.push(part("atHome", Math.min(comeBack, bedtime), bedtime));
    this.#parts = parts;
  }

  /** A random time of day for a use with these weights, in milliseconds after midnight. */
  timeOf(weights: PartOfDayWeights, random: Random): number {
    let total = 0;
    for (const part of this.#parts) total += weightOf(part, weights);
    let left = random.next() * total;
    for (const part of this.#parts) {
      const weight = weightOf(part, weights);
      if (left < weight)
        return Math.floor(
          part.fromMilliseconds + (left / weight) * (part.toMilliseconds - part.fromMilliseconds),
        );
      left -= weight;
    }
    return day - 1;
  }
}

function part(kind: PartOfDay["kind"], fromMilliseconds: number, toMilliseconds: number): PartOfDay {
  return { kind, fromMilliseconds, toMilliseconds };
}

function weightOf({ kind, fromMilliseconds, toMilliseconds }: PartOfDay, weights: PartOfDayWeights): number {
  return weights[kind] * (toMilliseconds - fromMilliseconds);
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
