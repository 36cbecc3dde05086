import type { FlashPartition } from "../../hal/flash.js";
import { sequenceOf } from "./record.js";
import { RecordRing } from "./record-ring.js";
import type { RingPosition } from "./ring-position.js";

/** A half that lacks more than this has failed, not been cut off: it goes on from now. */
const mostCopies = 8;

export interface MirroredLogOptions {
  /** A partition of its own; each half of it becomes a ring. */
  readonly flash: FlashPartition;
  readonly kind: number;
  readonly mayEraseAhead: () => boolean;
  /** Those of the two rings. */
  readonly positions?: readonly [RingPosition, RingPosition] | undefined;
}

/**
 * A log in which every record is stored twice, in sectors far apart: a supply that fails while one copy is
 * written, and damages what stands beside it, leaves the other copy whole.
 */
export class MirroredLog {
  #first: RecordRing;
  #second: RecordRing;
  #isLevel: boolean;

  constructor({ flash, kind, mayEraseAhead, positions }: MirroredLogOptions) {
    const { byteLength, sectorByteLength } = flash.geometry;
    const sectorCount = Math.floor(byteLength / sectorByteLength / 2);
    const open = (half: 0 | 1): RecordRing =>
      new RecordRing({
        flash,
        firstSector: half * sectorCount,
        sectorCount,
        kind,
        mayEraseAhead,
        position: positions?.[half],
      });
    this.#first = open(0);
    this.#second = open(1);
    this.#isLevel = this.#first.wasResumed && this.#second.wasResumed;
  }

  /** The newest record that either half holds; undefined while there is none. */
  get newest(): Uint8Array | undefined {
    const first = this.#first.newest;
    const second = this.#second.newest;
    if (!first || !second) return first ?? second;
    return sequenceOf(second) > sequenceOf(first) ? second : first;
  }

  /** Sequence number of the newest record; 0 while there is none. */
  get lastSequence(): number {
    return this.newest ? sequenceOf(this.newest) : 0;
  }

  /**
   * Sequence number of the oldest record that stands, in both halves, in the sector now being filled: all
   * before it are erased sooner or later.
   */
  get headSequence(): number {
    return Math.max(this.#first.headSequence, this.#second.headSequence);
  }

  /** Slots and sectors that failed since this object was made. */
  get failures(): number {
    return this.#first.failures + this.#second.failures;
  }

  /** Seals and stores `record` in both halves; false when neither took it. */
  append(record: Uint8Array): boolean {
    if (!this.#isLevel) this.#level();
    const inFirst = this.#first.append(record);
    const inSecond = this.#second.append(record);
    return inFirst || inSecond;
  }

  /**
   * Copies what one half lacks at its end from the other: the supply failed between the two copies, and a
   * record that exists once, perhaps barely, is about to get a successor.
   */
  #level(): void {
    this.#isLevel = true;
    const [ahead, behind] =
      this.#second.lastSequence > this.#first.lastSequence
        ? [this.#second, this.#first]
        : [this.#first, this.#second];
    if (ahead.lastSequence - behind.lastSequence > mostCopies) return;
    const missing: Uint8Array[] = [];
    ahead.visitFrom(behind.lastSequence + 1, (record) => {
      // A torn record may read as valid now though it did not when its number was given away.
      if (sequenceOf(record) <= ahead.lastSequence) missing.push(record.slice());
      return missing.length < mostCopies;
    });
    for (const record of missing) behind.append(record);
  }

  /**
   * Visits the records from sequence number `first` on, oldest first, until `visit` returns false; what one
   * half has lost comes from the other. What one half has overwritten is not shown from the other, which may
   * hold it with holes. The bytes are only lent for the call.
   */
  visitFrom(first: number, visit: (record: Uint8Array) => boolean): void {
    const start = Math.max(first, this.#first.keptSequence, this.#second.keptSequence);
    let expected = start;
    let goesOn = true;
    const show = (record: Uint8Array): boolean => {
      // A half may hold a record twice, when its chip reported a failure that was none.
      if (sequenceOf(record) < expected) return true;
      expected = sequenceOf(record) + 1;
      goesOn = visit(record);
      return goesOn;
    };
    const isThrough = this.#first.visitFrom(start, (record) => {
      const sequence = sequenceOf(record);
      if (sequence > expected)
        this.#second.visitFrom(expected, (missing) => sequenceOf(missing) < sequence && show(missing));
      return goesOn && show(record);
    });
    if (isThrough) this.#second.visitFrom(expected, show);
  }
}
