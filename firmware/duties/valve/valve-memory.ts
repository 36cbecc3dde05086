import { Slice, type SliceDeclaration, type SliceSource } from "../../legal/retained/slice.js";

/** 0 attempts; 1 ticks of the last move, u56. */
const declaration: SliceDeclaration = Object.freeze({ name: "valve", version: 1, byteLength: 8 });
const attemptsAt = 0;
const ticksAt = 1;

/** When the valve was moved, from wake to wake. */
export class ValveMemory extends Slice {
  constructor(slices: SliceSource) {
    super(slices, declaration);
  }

  /** Ticks of the last move; 0 before the first in this power period. */
  get ticks(): number {
    return this.get(ticksAt, 7);
  }

  set ticks(ticks: number) {
    this.put(ticksAt, 7, ticks);
  }

  /** Moves in a row that did not come to their end. */
  get attempts(): number {
    return this.get(attemptsAt, 1);
  }

  set attempts(attempts: number) {
    this.put(attemptsAt, 1, attempts);
  }
}
