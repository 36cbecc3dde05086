import type { Slice, SliceDeclaration, SliceSource } from "../../legal/retained/slice.js";

/** 0 attempts; 1 ticks of the next contact, u56; 8 report day u32. */
const declaration: SliceDeclaration = Object.freeze({ name: "contact", version: 1, byteLength: 12 });
const attemptsAt = 0;
const ticksAt = 1;
const reportDayAt = 8;

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
}
