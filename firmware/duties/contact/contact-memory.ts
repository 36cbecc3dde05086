import type { ContactOutcome } from "../../contracts/contact-outcome.js";
import { Slice, type SliceDeclaration, type SliceSource } from "../../legal/retained/slice.js";

/**
 * 0 attempts; 1 ticks of the next contact, u56; 8 report day u32; 12 outcome of the last contact; 13 flags; 14 days; 15 what
 * was acknowledged u32.
 */
const declaration: SliceDeclaration = Object.freeze({ name: "contact", version: 3, byteLength: 19 });
const attemptsAt = 0;
const ticksAt = 1;
const reportDayAt = 8;
const outcomeAt = 12;
const flagsAt = 13;
const failedDaysAt = 14;
const acknowledgedAt = 15;

const underWayFlag = 1;

/** When the meter contacts its head-end, from wake to wake. */
export class ContactMemory extends Slice {
  constructor(slices: SliceSource) {
    super(slices, declaration);
  }

  /** Ticks of the next contact; 0 when the daily time alone decides. */
  get ticks(): number {
    return this.get(ticksAt, 7);
  }

  set ticks(ticks: number) {
    this.put(ticksAt, 7, ticks);
  }

  /** Failed contacts in a row. */
  get attempts(): number {
    return this.get(attemptsAt, 1);
  }

  set attempts(attempts: number) {
    this.put(attemptsAt, 1, attempts);
  }

  /** Days in a row, up to 255, on which no contact delivered anything. */
  get failedDays(): number {
    return this.get(failedDaysAt, 1);
  }

  set failedDays(days: number) {
    this.put(failedDaysAt, 1, days);
  }

  /** Day number (epoch days, UTC) of the last complete report. */
  get reportDay(): number {
    return this.get(reportDayAt, 4);
  }

  set reportDay(day: number) {
    this.put(reportDayAt, 4, day);
  }

  /** Sequence number of the last interval value that was acknowledged in this power period; 0 for none. */
  get acknowledgedSequence(): number {
    return this.get(acknowledgedAt, 4);
  }

  set acknowledgedSequence(sequence: number) {
    this.put(acknowledgedAt, 4, sequence);
  }

  /** How the last contact ended; 0 before the first in this power period. */
  get outcome(): ContactOutcome {
    return this.get(outcomeAt, 1);
  }

  set outcome(outcome: ContactOutcome) {
    this.put(outcomeAt, 1, outcome);
  }

  /** True from a contact's beginning to its end: a run that finds it set comes after one that was cut short. */
  get isUnderWay(): boolean {
    return this.has(flagsAt, underWayFlag);
  }

  set isUnderWay(isUnderWay: boolean) {
    this.flag(flagsAt, underWayFlag, isUnderWay);
  }
}
