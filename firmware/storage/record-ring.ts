import type { FlashPartition } from "../../hal/flash.js";
import { areEqual, isBlank, isSealedRecord, recordByteLength, sealRecord, sequenceOf } from "./record.js";
import type { RingPosition } from "./ring-position.js";
import { type RecordJudge, scanSector } from "./sector-scan.js";
import { SectorMap } from "./sector-map.js";

export interface RecordRingOptions {
  readonly flash: FlashPartition;
  readonly firstSector: number;
  /** At least 2: the next sector is erased while the newest records rest in another. */
  readonly sectorCount: number;
  /** Told apart in every sector header, so that one ring never reads another's sectors. */
  readonly kind: number;
  /** Asked before erasing ahead of need; erasing with a failing supply can wait. */
  readonly mayEraseAhead: () => boolean;
  /** Where the ring stood at the end of an earlier run; spares the search as long as it proves right. */
  readonly position?: RingPosition | undefined;
  /** Without one, every sealed record is readable and no two have the same sequence number. */
  readonly judge?: RecordJudge | undefined;
}

/** When this slot of a sector has been used, the next sector is prepared ahead of need. */
const prepareSlot = 96;
/** Slots in the unit that flash programs at once, 256 bytes: a failing supply can damage all of it. */
const slotsPerPage = 8;

/**
 * An append-only ring of sealed 32-byte records over whole flash sectors. Nothing is ever changed in place:
 * a record is programmed once into a blank slot and read back; a slot that fails is passed over; the oldest
 * sector is erased when room is needed. Callers number their records; numbers grow.
 */
export class RecordRing {
  #flash: FlashPartition;
  #map: SectorMap;
  #mayEraseAhead: () => boolean;
  #position: RingPosition | undefined;
  #judge: RecordJudge | undefined;
  #slotsPerSector: number;
  #wasResumed: boolean;
  #nextSlot: number;
  #newest: Uint8Array | undefined;
  #newestSector: number | undefined;
  #lastSequence = 0;
  #failures = 0;
  /** True while the head was begun by this object and has taken no record. */
  #isHeadEmpty = false;

  /**
   * Finds the newest record: where `position` says if flash agrees, otherwise by reading one header per sector
   * and, as a rule, one sector whole, each twice.
   */
  constructor(options: RecordRingOptions) {
    const { flash, firstSector, sectorCount, kind } = options;
    const { sectorByteLength, byteLength } = flash.geometry;
    if (sectorCount < 2 || (firstSector + sectorCount) * sectorByteLength > byteLength)
      throw new RangeError(`a ring of ${sectorCount} sectors from ${firstSector} does not fit its partition`);
    this.#flash = flash;
    this.#mayEraseAhead = options.mayEraseAhead;
    this.#position = options.position;
    this.#judge = options.judge;
    this.#slotsPerSector = sectorByteLength / recordByteLength;
    this.#nextSlot = this.#slotsPerSector;
    this.#map = new SectorMap(flash, firstSector, sectorCount, kind);
    this.#wasResumed = this.#resume();
    if (!this.#wasResumed) this.#search();
  }

  /** True when the ring was taken up where an earlier run left it; false when it had to be searched. */
  get wasResumed(): boolean {
    return this.#wasResumed;
  }

  /** The newest valid record; undefined while there is none. */
  get newest(): Uint8Array | undefined {
    return this.#newest;
  }

  /** The highest sequence number in use, also by records that can't be read; 0 while there are none. */
  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** Sequence number of the oldest record in the sector that is being filled; one more than the newest while it is empty. */
  get headSequence(): number {
    return this.#firstSequence(0, new Uint8Array(recordByteLength)) ?? this.#lastSequence + 1;
  }

  /** Sequence number of the oldest record that was not overwritten; 0 while nothing has been. */
  get keptSequence(): number {
    if (!this.#map.hasComeRound) return 0;
    const record = new Uint8Array(recordByteLength);
    for (let age = this.#map.sectorCount - 1; age >= 0; age--) {
      const oldest = this.#firstSequence(age, record);
      if (oldest !== undefined) return oldest;
    }
    return 0;
  }

  /** Slots and sectors that failed since this object was made. */
  get failures(): number {
    return this.#failures + this.#map.failures;
  }

  /**
   * Seals and stores `record`, whose sequence number must exceed all before it. Slots that fail are passed over,
   * and one new sector is begun if need be; a chip that refuses even that is not asked for more sectors, which
   * would only empty the ring.
   * Returns false when no slot took the record: the flash is worn out or failing.
   */
  append(record: Uint8Array): boolean {
    sealRecord(record);
    if (this.#fill(record)) return true;
    // A sector that was begun in vain is not given up for yet another one: its slots may be blank still.
    if (this.#isHeadEmpty || !this.#map.advance(this.#newestSector)) return false;
    this.#isHeadEmpty = true;
    this.#nextSlot = 1;
    return this.#fill(record);
  }

  /** Goes on at the next page, so that a cut in the next append can't reach what is stored now. */
  startPage(): void {
    this.#nextSlot = Math.ceil(this.#nextSlot / slotsPerPage) * slotsPerPage;
  }

  /**
   * Visits the valid records from sequence number `first` on, oldest first, until `visit` returns false.
   * The bytes are only lent for the call. Returns whether it came to the end.
   */
  visitFrom(first: number, visit: (record: Uint8Array) => boolean): boolean {
    const record = new Uint8Array(recordByteLength);
    // Held back by one: a record that was refused but can be read after all is overruled by the one that took
    // its number, which stands behind it.
    const held = new Uint8Array(recordByteLength);
    let isHeld = false;
    let { age, slot } = this.#findStart(first, record);
    for (; age >= 0; age--, slot = 1) {
      const base = this.#map.addressByAge(age);
      if (base === undefined) continue;
      const end = age === 0 ? this.#nextSlot : this.#slotsPerSector;
      for (; slot < end; slot++) {
        if (!this.#flash.read(base + slot * recordByteLength, record)) continue;
        if (!isSealedRecord(record) || sequenceOf(record) < first) continue;
        if (isHeld && sequenceOf(record) !== sequenceOf(held) && !visit(held)) return false;
        held.set(record);
        isHeld = true;
      }
    }
    return !isHeld || visit(held);
  }

  /** The sector, by its age, and a slot in it at or before the record numbered `first`. */
  #findStart(first: number, record: Uint8Array): { age: number; slot: number } {
    let start = { age: this.#map.sectorCount - 1, slot: 1 };
    for (let age = 0; age < this.#map.sectorCount; age++) {
      const oldest = this.#firstSequence(age, record);
      if (oldest === undefined) continue;
      start = { age, slot: this.#startSlot(age, first, first - oldest + 1, record) };
      if (oldest <= first) break;
    }
    return start;
  }

  /** Stores `record` in the head's next usable slot; false, with nothing used up, when there is none. */
  #fill(record: Uint8Array): boolean {
    for (let slot = this.#nextSlot; slot < this.#slotsPerSector; slot++) {
      if (!this.#store(this.#map.headAddress + slot * recordByteLength, record)) {
        this.#failures++;
        continue;
      }
      this.#nextSlot = slot + 1;
      this.#isHeadEmpty = false;
      this.#newest = record.slice();
      this.#newestSector = this.#map.headSector;
      this.#lastSequence = sequenceOf(record);
      this.#position?.note(this.#newestSector, this.#nextSlot, this.#lastSequence);
      if (slot >= prepareSlot && slot % slotsPerPage === 0 && this.#mayEraseAhead()) this.#map.prepareNext();
      return true;
    }
    return false;
  }

  /**
   * A slot of a sector before the record numbered `first`: next to the `guess` if no record is missing before
   * it, otherwise page by page towards the front.
   */
  #startSlot(age: number, first: number, guess: number, record: Uint8Array): number {
    const base = this.#map.addressByAge(age) ?? 0;
    for (let slot = Math.min(guess, this.#slotsPerSector) - 1; slot > 1; slot -= slotsPerPage) {
      const isThere = this.#flash.read(base + slot * recordByteLength, record) && isSealedRecord(record);
      if (isThere && sequenceOf(record) < first) return slot;
    }
    return 1;
  }

  /** Programs `record` into a slot that must be blank, and reads it back. */
  #store(address: number, record: Uint8Array): boolean {
    if (!this.#isBlankAt(address) || !this.#flash.program(address, record)) return false;
    const slot = new Uint8Array(recordByteLength);
    return this.#flash.read(address, slot) && areEqual(slot, record);
  }

  /** Sequence number of the first valid record in the sector of that age; undefined when it has none. */
  #firstSequence(age: number, record: Uint8Array): number | undefined {
    const base = this.#map.addressByAge(age);
    if (base === undefined) return undefined;
    for (let slot = 1; slot < this.#slotsPerSector; slot++) {
      if (this.#flash.read(base + slot * recordByteLength, record) && isSealedRecord(record))
        return sequenceOf(record);
    }
    return undefined;
  }

  /**
   * Takes up where an earlier run ended. The newest record must stand just before the noted slot, with the
   * noted sequence number, and the slot that is next must still be blank: otherwise something was written since.
   */
  #resume(): boolean {
    if (!this.#position) return false;
    const { sector, nextSlot, sequence } = this.#position;
    if (nextSlot < 2 || nextSlot > this.#slotsPerSector || sector >= this.#map.sectorCount) return false;
    const base = this.#map.addressOf(sector);
    const record = new Uint8Array(recordByteLength);
    if (!this.#flash.read(base + (nextSlot - 1) * recordByteLength, record)) return false;
    if (!isSealedRecord(record) || (sequenceOf(record) & 0xffff) !== sequence) return false;
    this.#map.assumeHead(sector);
    const nextAddress =
      nextSlot < this.#slotsPerSector ? base + nextSlot * recordByteLength : this.#firstSlotAhead();
    if (nextAddress !== undefined && !this.#isBlankAt(nextAddress)) {
      this.#map.assumeHead(undefined);
      return false;
    }
    this.#nextSlot = nextSlot;
    this.#newest = record;
    this.#newestSector = sector;
    this.#lastSequence = sequenceOf(record);
    return true;
  }

  /** Where the first record after a full sector would go; undefined while no sector is prepared for it. */
  #firstSlotAhead(): number | undefined {
    const prepared = this.#map.preparedAddress;
    return prepared === undefined ? undefined : prepared + recordByteLength;
  }

  #isBlankAt(address: number): boolean {
    const slot = new Uint8Array(recordByteLength);
    return this.#flash.read(address, slot) && isBlank(slot);
  }

  /**
   * Looks for the newest record without any hint. Power may have failed in the middle of the last write, so
   * the page that holds it is left alone from now on.
   */
  #search(): void {
    for (let age = 0, isHead = true; age < this.#map.sectorCount; age++) {
      const base = this.#map.addressByAge(age);
      if (base === undefined) return;
      const scan = scanSector(this.#flash, base, this.#slotsPerSector, this.#judge);
      const { newest, lastUsedSlot } = scan;
      this.#lastSequence = Math.max(this.#lastSequence, scan.lastSequence);
      if (isHead && lastUsedSlot === 0) {
        this.#map.dropEmptyHead();
        age--;
        continue;
      }
      if (isHead) {
        this.#nextSlot = lastUsedSlot + 1;
        this.startPage();
      }
      isHead = false;
      this.#newest = newest;
      if (!newest) continue;
      this.#newestSector = this.#map.sectorByAge(age);
      return;
    }
  }
}
