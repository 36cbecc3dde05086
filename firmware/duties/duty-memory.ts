import { Slice, type SliceDeclaration, type SliceSource } from "../legal/retained/slice.js";

/** As many as there is room for. */
export const mostDuties = 8;
const entryByteLength = 8;

const nextAt = mostDuties * entryByteLength;

/** For each duty, in their order: 0 failures in a row, 1 ticks until which it rests, u56. Behind them, ticks of the next. */
const declaration: SliceDeclaration = Object.freeze({ name: "duties", version: 2, byteLength: nextAt + 7 });

/** When a duty is due, and which of them failed and rest, from wake to wake. */
export class DutyMemory extends Slice {
  constructor(slices: SliceSource) {
    super(slices, declaration);
  }

  /** Ticks at which one of them is due next; 0 when that has to be found. */
  get nextTicks(): number {
    return this.get(nextAt, 7);
  }

  set nextTicks(ticks: number) {
    this.put(nextAt, 7, ticks);
  }

  /** Runs in a row that threw something. */
  failures(index: number): number {
    return this.get(index * entryByteLength, 1);
  }

  /** Ticks until which the duty rests; 0 for one that does not. */
  restUntilTicks(index: number): number {
    return this.get(index * entryByteLength + 1, 7);
  }

  note(index: number, failures: number, restUntilTicks: number): void {
    this.put(index * entryByteLength, 1, Math.min(255, failures));
    this.put(index * entryByteLength + 1, 7, restUntilTicks);
  }
}
