import type { Random } from "../kernel/random.js";
import { DayRhythm } from "./day-rhythm.js";
import { type EndUse, endUses } from "./end-uses.js";
import type { Pulse, PulseSource } from "./pulse-source.js";

const dayMilliseconds = 86_400_000;

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
 * (`end-uses.ts` has the figures and their source). The meter adds them up exactly, and a pulse falls each time one
 * more pulse volume has passed.
 * @throws {RangeError} when an option is out of range.
 */
export function createHousehold(options: HouseholdOptions): PulseSource {
  return new Household(options);
}

/** From `atMilliseconds` on, the flow is higher by so much (or lower, when negative). */
interface FlowChange {
  readonly atMilliseconds: number;
  readonly millilitresPerSecond: number;
}

class Household implements PulseSource {
  readonly startEpochSeconds: number;
  readonly durationSeconds = undefined;
  #random: Random;
  #persons: number;
  #pulseMicrolitres: number;
  #overloadFlow: number;

  /** Changes of flow in order of time, complete up to `#plannedToMilliseconds`. */
  #changes: FlowChange[] = [];
  #position = 0;
  #plannedToMilliseconds: number;

  /** The span of constant flow that is being metered. */
  #spanStartMilliseconds = 0;
  #demand = 0;
  /** Counted from the start of the span. A flow in mL/s times a time in ms is a volume in uL: all integers. */
  #microlitresToNextPulse: number;

  constructor({
    random,
    startEpochSeconds,
    persons,
    litresPerPulse = 1,
    overloadFlow = 3.125,
  }: HouseholdOptions) {
    requireRange(Number.isSafeInteger(startEpochSeconds), "startEpochSeconds", "a whole number of seconds");
    requireRange(Number.isInteger(persons) && persons >= 1 && persons <= 50, "persons", "from 1 to 50");
    requireRange(litresPerPulse >= 0.001 && litresPerPulse <= 1e6, "litresPerPulse", "from 0.001 to 1000000");
    requireRange(
      overloadFlow > 0 && overloadFlow <= 10_000,
      "overloadFlow",
      "above 0 and at most 10000 m3/h",
    );
    this.#random = random;
    this.startEpochSeconds = startEpochSeconds;
    this.#persons = persons;
    this.#pulseMicrolitres = Math.round(litresPerPulse * 1e6);
    this.#overloadFlow = Math.max(1, Math.floor((overloadFlow * 1e6) / 3600));
    this.#microlitresToNextPulse = this.#pulseMicrolitres;
    const sinceMidnight = startEpochSeconds - Math.floor(startEpochSeconds / 86_400) * 86_400;
    this.#plannedToMilliseconds = -sinceMidnight * 1000;
  }

  next(): Pulse {
    for (;;) {
      const change = this.#nextChange();
      const flow = Math.min(this.#demand, this.#overloadFlow);
      const spanMicrolitres = flow * (change.atMilliseconds - this.#spanStartMilliseconds);
      if (spanMicrolitres >= this.#microlitresToNextPulse) return this.#pulse(flow);
      this.#microlitresToNextPulse -= spanMicrolitres;
      this.#spanStartMilliseconds = change.atMilliseconds;
      this.#demand += change.millilitresPerSecond;
      this.#position++;
    }
  }

  #pulse(flow: number): Pulse {
    const sinceSpanStart = Math.ceil((this.#microlitresToNextPulse * 1000) / flow);
    this.#microlitresToNextPulse += this.#pulseMicrolitres;
    return { atMicroseconds: this.#spanStartMilliseconds * 1000 + sinceSpanStart, direction: 1 };
  }

  #nextChange(): FlowChange {
    for (;;) {
      const change = this.#changes[this.#position];
      if (change && change.atMilliseconds < this.#plannedToMilliseconds) return change;
      this.#planDay();
    }
  }

  #planDay(): void {
    const midnight = this.#plannedToMilliseconds;
    const date = new Date(this.startEpochSeconds * 1000 + midnight);
    const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
    const isSummer = date.getUTCMonth() >= 4 && date.getUTCMonth() <= 8;
    const changes = this.#changes.slice(this.#position);
    for (let person = 0; person < this.#persons; person++) {
      const rhythm = new DayRhythm(this.#random, isWeekend);
      for (const endUse of endUses) {
        if (endUse.summerOnly && !isSummer) continue;
        this.#planUses(endUse, rhythm, midnight, changes);
      }
    }
    changes.sort((one, other) => one.atMilliseconds - other.atMilliseconds);
    this.#changes = changes;
    this.#position = 0;
    this.#plannedToMilliseconds = midnight + dayMilliseconds;
  }

  #planUses(endUse: EndUse, rhythm: DayRhythm, midnight: number, changes: FlowChange[]): void {
    const random = this.#random;
    for (let uses = numberOfUses(endUse, random); uses > 0; uses--) {
      const start = midnight + rhythm.timeOf(endUse.weights, random);
      for (const { delayMilliseconds, durationMilliseconds, millilitresPerSecond } of endUse.draw(random)) {
        const opens = start + delayMilliseconds;
        // What ran before the run began is not metered.
        changes.push({ atMilliseconds: Math.max(0, opens), millilitresPerSecond });
        changes.push({
          atMilliseconds: Math.max(0, opens + durationMilliseconds),
          millilitresPerSecond: -millilitresPerSecond,
        });
      }
    }
  }
}

function numberOfUses({ usesPerDay, onceADay }: EndUse, random: Random): number {
  return onceADay ? Number(random.chance(usesPerDay)) : poisson(usesPerDay, random);
}

/** D. E. Knuth, The Art of Computer Programming, volume 2, section 3.4.1, algorithm Q: fine for small means. */
function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

function requireRange(isWithin: boolean, name: string, range: string): void {
  if (!isWithin) throw new RangeError(`${name} must be ${range}`);
}
