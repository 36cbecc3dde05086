import { Slice, type SliceDeclaration, type SliceSource } from "../legal/retained/slice.js";

/**
 * 0 flags (bit 0 production, 2-4 start that was not told); 1 valve moves; ticks as u56: 2 unlocked until, 9 refused, 16
 * budget full.
 */
const declaration: SliceDeclaration = Object.freeze({ name: "access", version: 2, byteLength: 23 });
const flagsAt = 0;
const valveMovesAt = 1;
const unlockedAt = 2;
const refusedAt = 9;
const budgetFullAt = 16;

const productionFlag = 1;
const untoldShift = 2;
const untoldMask = 7 << untoldShift;

/** Who may do what, as far as a wake has to know it without asking the chip's fuse and the settings store. */
export class AccessMemory extends Slice {
  constructor(slices: SliceSource) {
    super(slices, declaration);
  }

  /** True until the seal is burnt. */
  get isInProduction(): boolean {
    return this.has(flagsAt, productionFlag);
  }

  set isInProduction(isInProduction: boolean) {
    this.flag(flagsAt, productionFlag, isInProduction);
  }

  /** Which start the event log has refused, 1 to 7; 0 for none. */
  get untoldStart(): number {
    return (this.get(flagsAt, 1) & untoldMask) >> untoldShift;
  }

  set untoldStart(start: number) {
    this.put(flagsAt, 1, (this.get(flagsAt, 1) & ~untoldMask) | (start << untoldShift));
  }

  /** A sealed meter is unlocked until these ticks. */
  get unlockedUntilTicks(): number {
    return this.get(unlockedAt, 7);
  }

  set unlockedUntilTicks(ticks: number) {
    this.put(unlockedAt, 7, ticks);
  }

  /** Ticks of the last failed authentication; 0 before the first in this power period. */
  get refusedTicks(): number {
    return this.get(refusedAt, 7);
  }

  set refusedTicks(ticks: number) {
    this.put(refusedAt, 7, ticks);
  }

  /** Ticks at which what the service port may cost is full again; `port-budget.ts` counts with it. */
  get budgetFullTicks(): number {
    return this.get(budgetFullAt, 7);
  }

  set budgetFullTicks(ticks: number) {
    this.put(budgetFullAt, 7, ticks);
  }

  /** Moves of the valve that a local port asked for in this power period. */
  get valveMoves(): number {
    return this.get(valveMovesAt, 1);
  }

  set valveMoves(moves: number) {
    this.put(valveMovesAt, 1, moves);
  }
}
