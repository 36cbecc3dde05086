import type { Slice, SliceDeclaration, SliceSource } from "../legal/retained/slice.js";

/** As many as there is room for. */
export const mostDuties = 8;
const entryByteLength = 8;

/** For each duty, in their order: 0 failures in a row, 1 ticks until which it rests, u56. */
const declaration: SliceDeclaration = Object.freeze({
  name: "duties",
  version: 1,
  byteLength: mostDuties * entryByteLength,
});

/** Which duties failed and rest, from wake to wake. */
export class DutyMemory {
  #slice: Slice;

  constructor(slices: SliceSource) {
    this.#slice = slices.open(declaration);
  }

  /** Runs in a row that threw something. */
  failures(index: number): number {
    return this.#slice.get(index * entryByteLength, 1);
  }

  /** Ticks until which the duty rests; 0 for one that does not. */
  restUntilTicks(index: number): number {
    return this.#slice.get(index * entryByteLength + 1, 7);
  }

  note(index: number, failures: number, restUntilTicks: number): void {
    this.#slice.put(index * entryByteLength, 1, Math.min(255, failures));
    this.#slice.put(index * entryByteLength + 1, 7, restUntilTicks);
  }
}
