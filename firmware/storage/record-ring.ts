import type { FlashPartition } from "../../hal/flash.js";
import { isBlank, isSealedRecord, recordByteLength, sealRecord, sequenceOffset, viewOf } from "./record.js";
import type { RingPosition } from "./ring-position.js";
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
  readonly position?: RingPosition;
}

/** When this slot of a sector has been used, the next sector is erased ahead of need. */
const eraseAheadSlot = 96;

const noPosition = Object.freeze({ sector: 0, nextSlot: 0, sequence: 0 });

/** Slots that may turn out unusable in one append before it gives up. */
const longestSearchSlots = 300;

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
  #slotsPerSector: number;
  #nextSlot: number;
  #newest: Uint8Array | undefined;

  /**
   * Finds the newest record: where `position` says if flash agrees, otherwise by reading one header per sector
   * and, as a rule, one sector whole.
   */
  constructor({ flash, firstSector, sectorCount, kind, mayEraseAhead, position }: RecordRingOptions) {
    const { sectorByteLength, byteLength } = flash.geometry;
    if (sectorCount < 2 || (firstSector + sectorCount) * sectorByteLength > byteLength)
      throw new RangeError(`a ring of ${sectorCount} sectors from ${firstSector} does not fit its partition`);
    this.#flash = flash;
    this.#mayEraseAhead = mayEraseAhead;
    this.#slotsPerSector = sectorByteLength / recordByteLength;
    this.#nextSlot = this.#slotsPerSector;
    this.#position = position;
    this.#map = new SectorMap(flash, firstSector, sectorCount, kind);
    if (!this.#resume()) this.#findNewest();
  }

  /** The newest valid record; undefined while there is none. */
  get newest(): Uint8Array | undefined {
    return this.#newest;
  }

  /**
   * Seals and stores `record`, whose sequence number must exceed all before it.
   * Returns false when no slot could be programmed: the flash is worn out or failing.
   */
  append(record: Uint8Array): boolean {
    sealRecord(record);
    const slotBytes = new Uint8Array(recordByteLength);
    for (let tries = 0; tries < longestSearchSlots; tries++) {
      if (this.#nextSlot >= this.#slotsPerSector) {
        if (!this.#map.advance()) return false;
        this.#nextSlot = 1;
      }
      const slot = this.#nextSlot++;
      const address = this.#map.headAddress + slot * recordByteLength;
      if (!this.#flash.read(address, slotBytes) || !isBlank(slotBytes)) continue;
      if (!this.#flash.program(address, record)) continue;
      if (!this.#flash.read(address, slotBytes) || !equal(slotBytes, record)) continue;
      this.#newest = record.slice();
      this.#position?.note(
        this.#map.headSector,
        this.#nextSlot,
        viewOf(record).getUint32(sequenceOffset, true),
      );
      if (slot === eraseAheadSlot && this.#mayEraseAhead()) this.#map.eraseAhead();
      return true;
    }
    return false;
  }

  /**
   * Visits the valid records from sequence number `first` on, oldest first, until `visit` returns false.
   * The bytes are only lent for the call.
   */
  visitFrom(first: number, visit: (record: Uint8Array, view: DataView) => boolean): void {
    const record = new Uint8Array(recordByteLength);
    const view = viewOf(record);
    let age = this.#map.sectorCount - 1;
    let slot = 1;
    for (let candidate = 0; candidate < this.#map.sectorCount; candidate++) {
      const oldest = this.#firstSequence(candidate, record);
      if (oldest === undefined) continue;
      age = candidate;
      // Slots that were passed over only push a record further back, so this never overshoots.
      slot = Math.max(1, first - oldest + 1);
      if (oldest <= first) break;
    }
    for (; age >= 0; age--, slot = 1) {
      const base = this.#map.addressByAge(age);
      if (base === undefined) continue;
      const end = age === 0 ? this.#nextSlot : this.#slotsPerSector;
      for (; slot < end; slot++) {
        if (!this.#flash.read(base + slot * recordByteLength, record)) continue;
        if (!isSealedRecord(record) || view.getUint32(sequenceOffset, true) < first) continue;
        if (!visit(record, view)) return;
      }
    }
  }

  /** Sequence number of the first valid record in the sector of that age; undefined when it has none. */
  #firstSequence(age: number, record: Uint8Array): number | undefined {
    const base = this.#map.addressByAge(age);
    if (base === undefined) return undefined;
    for (let slot = 1; slot < this.#slotsPerSector; slot++) {
      if (this.#flash.read(base + slot * recordByteLength, record) && isSealedRecord(record))
        return viewOf(record).getUint32(sequenceOffset, true);
    }
    return undefined;
  }

  /**
   * Takes up where an earlier run ended. The newest record must stand just before the noted slot, with the
   * noted sequence number, and the slot itself must still be blank: otherwise something was written since.
   */
  #resume(): boolean {
    const { sector, nextSlot, sequence } = this.#position ?? noPosition;
    if (nextSlot < 2 || nextSlot >= this.#slotsPerSector || sector >= this.#map.sectorCount) return false;
    const base = this.#map.addressOf(sector);
    const both = new Uint8Array(2 * recordByteLength);
    if (!this.#flash.read(base + (nextSlot - 1) * recordByteLength, both)) return false;
    const record = slotOf(both, 0);
    if (!isBlank(slotOf(both, 1)) || !isSealedRecord(record)) return false;
    if ((viewOf(record).getUint32(sequenceOffset, true) & 0xffff) !== sequence) return false;
    this.#map.assumeHead(sector);
    this.#nextSlot = nextSlot;
    this.#newest = record.slice();
    return true;
  }

  #findNewest(): void {
    for (let age = 0; age < this.#map.sectorCount; age++) {
      const base = this.#map.addressByAge(age);
      if (base === undefined) return;
      const { newest, lastUsedSlot } = this.#scanSector(base);
      if (age === 0) this.#nextSlot = lastUsedSlot + 1;
      if (newest) {
        this.#newest = newest;
        return;
      }
    }
  }

  /**
   * The newest valid record of a sector and its last slot that isn't blank. Newest means the highest sequence
   * number, whatever the position; CRCs are only computed for candidates, because they cost the most.
   */
  #scanSector(base: number): { newest: Uint8Array | undefined; lastUsedSlot: number } {
    const words = new Uint32Array(this.#slotsPerSector * 8);
    const bytes = new Uint8Array(words.buffer);
    if (!this.#flash.read(base, bytes)) return { newest: undefined, lastUsedSlot: this.#slotsPerSector - 1 };
    let lastUsedWord = words.length - 1;
    while (lastUsedWord > 0 && words[lastUsedWord] === 0xffffffff) lastUsedWord--;
    const lastUsedSlot = lastUsedWord >> 3;
    let boundSequence = Infinity;
    let boundSlot = 0;
    for (let tries = 0; tries < lastUsedSlot; tries++) {
      let best = 0;
      let bestSequence = -1;
      for (let slot = lastUsedSlot; slot > 0; slot--) {
        const sequence = words[slot * 8 + 1] as number;
        const isBelow = sequence < boundSequence || (sequence === boundSequence && slot < boundSlot);
        if (isBelow && sequence > bestSequence) {
          bestSequence = sequence;
          best = slot;
        }
      }
      const record = slotOf(bytes, best);
      if (isSealedRecord(record)) return { newest: record.slice(), lastUsedSlot };
      boundSequence = bestSequence;
      boundSlot = best;
    }
    return { newest: undefined, lastUsedSlot };
  }
}

function slotOf(bytes: Uint8Array, slot: number): Uint8Array {
  return bytes.subarray(slot * recordByteLength, (slot + 1) * recordByteLength);
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
