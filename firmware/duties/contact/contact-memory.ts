import type { ContactOutcome } from "../../contracts/contact-outcome.js";
import type { Slice, SliceDeclaration, SliceSource } from "../../legal/retained/slice.js";

/** 0 attempts; 1 ticks of the next contact, u56; 8 report day u32; 12 outcome of the last contact; 13 flags. */
const declaration: SliceDeclaration = Object.freeze({ name: "contact", version: 1, byteLength: 14 });
const attemptsAt = 0;
const ticksAt = 1;
const reportDayAt = 8;
const outcomeAt = 12;
const flagsAt = 13;

const underWayFlag = 1;

/** When the meter contacts its head-end, from wake to wake. */
export class ContactMemory {
  /** False when nothing of it is known: the low-power domain has just got its power. */
  readonly wasValid: boolean;
  #slice: Slice;

  constructor(slices: SliceSource) {
    this.#slice = slices.open(declaration);
    this.wasValid = this.#slice.wasValid;
  }

  /** Ticks of the next contact; 0 when the daily time alone decides. */
  get ticks(): number {
    return this.#slice.get(ticksAt, 7);
  }

  set ticks(ticks: number) {
    this.#slice.put(ticksAt, 7, ticks);
  }

  /** Failed contacts in a row. */
  get attempts(): number {
    return this.#slice.get(attemptsAt, 1);
  }

  set attempts(attempts: number) {
    this.#slice.put(attemptsAt, 1, attempts);
  }

  /** Day number (epoch days, UTC) of the last complete report. */
  get reportDay(): number {
    return this.#slice.get(reportDayAt, 4);
  }

  set reportDay(day: number) {
    this.#slice.put(reportDayAt, 4, day);
  }

  /** How the last contact ended; 0 before the first in this power period. */
  get outcome(): ContactOutcome {
    return this.#slice.get(outcomeAt, 1);
  }

  set outcome(outcome: ContactOutcome) {
    this.#slice.put(outcomeAt, 1, outcome);
  }

  /** True from a contact's beginning to its end: a run that finds it set comes after one that was cut short. */
  get isUnderWay(): boolean {
    return this.#slice.has(flagsAt, underWayFlag);
  }

  set isUnderWay(isUnderWay: boolean) {
    this.#slice.flag(flagsAt, underWayFlag, isUnderWay);
  }
}
