import { Slice, type SliceDeclaration, type SliceSource } from "../legal/retained/slice.js";

/** As many kinds of events as there is room for. */
export const mostEventKinds = 28;
/** Entries of one kind in a day, beyond which they are counted, and told in one entry when a later day begins. */
export const mostEntriesADay = 8;
const mostCounted = 0xffff;

const dayAt = 0;
const storedAt = 2;
const countedAt = storedAt + mostEventKinds;
const flagsAt = countedAt + 2 * mostEventKinds;

const countedFlag = 1;

/**
 * 0 day u16; from 2 on for each kind how many were stored that day u8; from 30 on how many were only counted u16; 86 flags.
 */
const declaration: SliceDeclaration = Object.freeze({ name: "events", version: 1, byteLength: 87 });

/**
 * What a fault that repeats may cost the event log: without an end to it, one that comes with every wake has filled the
 * log within days, and what the log is kept for is gone. Nothing is lost but the moments.
 */
export class EventBudget extends Slice {
  constructor(slices: SliceSource) {
    super(slices, declaration);
  }

  /** Day of the power period, from 1, that the counts are of; 0 before the first entry. */
  get day(): number {
    return this.get(dayAt, 2);
  }

  /** Another day begins, with a whole budget. */
  begin(day: number): void {
    this.clear(storedAt, flagsAt + 1 - storedAt);
    this.put(dayAt, 2, day);
  }

  /** True when of some kind there were more than are stored. */
  get hasCounted(): boolean {
    return this.has(flagsAt, countedFlag);
  }

  /** True when one more of that kind may be stored; otherwise it has been counted. */
  take(kind: number): boolean {
    const stored = this.get(storedAt + kind, 1);
    if (stored < mostEntriesADay) {
      this.put(storedAt + kind, 1, stored + 1);
      return true;
    }
    this.put(countedAt + 2 * kind, 2, Math.min(mostCounted, this.counted(kind) + 1));
    this.flag(flagsAt, countedFlag, true);
    return false;
  }

  /** One that was taken was not stored: it will be told once more. */
  giveBack(kind: number): void {
    this.put(storedAt + kind, 1, this.get(storedAt + kind, 1) - 1);
  }

  /** Of that kind, how many were only counted, at most 65,535. */
  counted(kind: number): number {
    return this.get(countedAt + 2 * kind, 2);
  }
}
