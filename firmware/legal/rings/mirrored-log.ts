import { areEqual } from "../../../hal/base/bytes.js";
import { requireInvariant } from "../../../hal/base/invariant.js";
import type { EraseSupply, LogDeclaration, LogStorage } from "./log-storage.js";
import { recordByteLength, sequenceOf } from "./record.js";
import { RecordRing } from "./record-ring.js";
import { historyKeeper, type SectorKeeper, wellFilled } from "./sector-keeper.js";

/** A half that lacks more than this has failed, not been cut off: it goes on from now. */
const mostCopies = wellFilled;

/**
 * A log in which every record is stored twice, in sectors far apart: a supply that fails while one copy is
 * written, and damages what stands beside it, leaves the other copy whole.
 *
 * After a reset nobody knows whether the newest record was stored or was being stored: its bits may read as valid
 * once and never again. What is read first decides, and the decision is written down before anything else is.
 */
export class MirroredLog {
  #first: RecordRing;
  #second: RecordRing;
  #newest: Uint8Array | undefined;
  #supply: EraseSupply;

  /**
   * Each half of the log's partition becomes a ring.
   * @param keeper speaks for sectors that may not be erased; by default for every record
   */
  constructor(storage: LogStorage, { name, kind }: LogDeclaration, keeper: SectorKeeper = historyKeeper) {
    this.#supply = storage;
    const flash = storage.openPartition(name);
    const positions = storage.positions(name);
    const { byteLength, sectorByteLength } = flash.geometry;
    const sectorCount = Math.floor(byteLength / sectorByteLength / 2);
    const open = (half: 0 | 1): RecordRing =>
      new RecordRing({
        flash,
        firstSector: half * sectorCount,
        sectorCount,
        kind,
        supply: storage,
        position: positions?.[half],
        keeper,
      });
    this.#first = open(0);
    this.#second = open(1);
    this.#newest = newestOf(this.#first, this.#second);
    if (!this.#first.found?.wasResumed || !this.#second.found?.wasResumed) this.settle();
    this.#first.found = undefined;
    this.#second.found = undefined;
  }

  /** The newest record that either half holds; undefined while there is none. */
  get newest(): Uint8Array | undefined {
    return this.#newest;
  }

  /** Sequence number of the newest record; 0 while there is none. */
  get lastSequence(): number {
    return Math.max(this.#first.lastSequence, this.#second.lastSequence);
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

  /** True when the log may be let go of: it costs little to open it once more, and nothing that it knows is lost. */
  get isAtRest(): boolean {
    return this.failures === 0 && this.#first.isNoted && this.#second.isNoted;
  }

  /** Seals and stores `record`, which is the log's from then on, in both halves; false when neither took it. */
  append(record: Uint8Array): boolean {
    requireInvariant(sequenceOf(record) > this.lastSequence, "a log's numbers only grow");
    const end = sequenceOf(record);
    const first = this.#first;
    const second = this.#second;
    // A half that had no room for the start's decision may hold another record with this number.
    if (first.isBlocked && !this.makeRoom(first, second, end)) return false;
    if (second.isBlocked && !this.makeRoom(second, first, end)) return false;
    const inFirst = first.append(record) || (this.makeRoom(first, second, end) && first.append(record));
    const inSecond = second.append(record) || (this.makeRoom(second, first, end) && second.append(record));
    if (!inFirst && !inSecond) return false;
    this.#newest = record;
    return true;
  }

  /** Has a half whose sectors are all wanted begin one anew, because the other half holds what stands in it. */
  private makeRoom(half: RecordRing, other: RecordRing, end: number): boolean {
    // What a run finds that a sleep came before was not cut just now.
    const { hasSlept } = this.#supply;
    if (half.renew(other.isFirm || hasSlept ? other : undefined))
      this.copyMissing(half, other, half.lastSequence + 1, end);
    else if (!hasSlept || !this.writeAnew(half)) return false;
    // What this start has found counts, wherever it was.
    const newest = this.#newest;
    if (newest && half.lastSequence < sequenceOf(newest)) half.append(newest);
    return true;
  }

  /**
   * The way out when each half has lost some of what stands in the other's head: what both have goes by memory. Records
   * that the other half does not have are gone if power fails meanwhile, so no run does this that a reset began.
   */
  private writeAnew(half: RecordRing): boolean {
    const kept = new Uint8Array(mostCopies * recordByteLength);
    let end = 0;
    this.visitFrom(half.headSequence, (record) => {
      if (end < kept.byteLength) kept.set(record, end);
      end += recordByteLength;
      return end <= kept.byteLength;
    });
    if (end > kept.byteLength || !half.renewHead()) return false;
    for (let at = 0; at < end; at += recordByteLength) half.append(kept.slice(at, at + recordByteLength));
    return true;
  }

  /** Writes the newest record once more, so that from now on every start finds what this one has found. */
  private settle(): void {
    const newest = this.#newest;
    const first = this.#first;
    const second = this.#second;
    if (isDecided(first, newest) || isDecided(second, newest)) {
      this.copyMissing(first, second, first.lastSequence + 1, this.lastSequence + 1);
      this.copyMissing(second, first, second.lastSequence + 1, this.lastSequence + 1);
      return;
    }
    if (!newest && first.found?.isClean && second.found?.isClean) return;
    if (newest && this.isWhole) {
      // The first copy was complete before the second was begun, and only that can be doubtful.
      second.append(newest);
      first.notePosition();
      return;
    }
    this.isolate(first, second, newest);
    this.isolate(second, first, newest);
  }

  private isolate(half: RecordRing, other: RecordRing, newest: Uint8Array | undefined): void {
    half.startPage();
    // The last record of a half that lags behind may be what a cut has left of it, too.
    if (newest) this.copyMissing(half, other, half.lastSequence, sequenceOf(newest));
    half.isolateNext();
    if (newest) half.append(newest);
  }

  /** True when both halves end with the same record, and with nothing that is none. */
  private get isWhole(): boolean {
    const first = this.#first.found;
    const second = this.#second.found;
    if (!first?.isClean || !second?.isClean || !first.newest || !second.newest) return false;
    return areEqual(first.newest, second.newest);
  }

  /** Gives a half the records from `first` on, but before `end`, if that is no more than a cut explains. */
  private copyMissing(half: RecordRing, other: RecordRing, first: number, end: number): void {
    if (this.lastSequence - half.lastSequence > mostCopies) return;
    const missing: Uint8Array[] = [];
    other.visitFrom(first, (record) => {
      if (sequenceOf(record) >= end) return false;
      missing.push(record.slice());
      return true;
    });
    for (let index = 0; index < missing.length; index++) half.append(missing[index] as Uint8Array);
  }

  /**
   * Visits the records from sequence number `first` on, oldest first, until `visit` returns false; what one
   * half has lost comes from the other. What one half has overwritten is not shown from the other, which may
   * hold it with holes, unless those do no harm. The bytes are only lent for the call.
   */
  visitFrom(first: number, visit: (record: Uint8Array) => boolean, mayHaveHoles = false): void {
    const kept = mayHaveHoles ? 0 : Math.max(this.#first.keptSequence, this.#second.keptSequence);
    const start = Math.max(first, kept);
    let expected = start;
    let goesOn = true;
    const { lastSequence } = this;
    const show = (record: Uint8Array): boolean => {
      // A half may hold a record twice, and one that the start has refused.
      if (sequenceOf(record) < expected || sequenceOf(record) > lastSequence) return true;
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

/** True when a half was taken up where an earlier run left it, and the newest record is its own. */
function isDecided(half: RecordRing, newest: Uint8Array | undefined): boolean {
  return newest !== undefined && half.found?.wasResumed === true && half.lastSequence === sequenceOf(newest);
}

function newestOf(first: RecordRing, second: RecordRing): Uint8Array | undefined {
  return (second.lastSequence > first.lastSequence ? second : first).found?.newest;
}
