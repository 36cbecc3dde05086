import type { FlashPartition } from "../../hal/flash.js";
import { isSealedRecord, recordByteLength, sequenceOf } from "./record.js";
import type { SectorMap } from "./sector-map.js";
import { slotsPerPage } from "./sector-reader.js";

/** What a ring still holds of its past. */
export class RingHistory {
  #flash: FlashPartition;
  #map: SectorMap;
  #slotsPerSector: number;

  constructor(flash: FlashPartition, map: SectorMap) {
    this.#flash = flash;
    this.#map = map;
    this.#slotsPerSector = flash.geometry.sectorByteLength / recordByteLength;
  }

  /** Sequence number of the oldest record that was not overwritten; 0 while nothing has been. */
  get keptSequence(): number {
    if (!this.#map.hasComeRound) return 0;
    for (let age = this.#map.sectorCount - 1; age >= 0; age--) {
      const oldest = this.firstSequence(age);
      if (oldest !== undefined) return oldest;
    }
    return 0;
  }

  /** Sequence number of the first valid record in the sector of that age; undefined when it has none. */
  firstSequence(age: number): number | undefined {
    const base = this.#map.addressByAge(age);
    if (base === undefined) return undefined;
    const record = new Uint8Array(recordByteLength);
    for (let slot = 1; slot < this.#slotsPerSector; slot++) {
      if (this.#flash.read(base + slot * recordByteLength, record) && isSealedRecord(record))
        return sequenceOf(record);
    }
    return undefined;
  }

  /**
   * Visits the valid records from sequence number `first` on up to the head's slot `end`, oldest first, until
   * `visit` returns false. The bytes are only lent for the call. Returns whether it came to the end.
   */
  visitFrom(first: number, end: number, visit: (record: Uint8Array) => boolean): boolean {
    const record = new Uint8Array(recordByteLength);
    // Held back by one: a record that was refused, but can be read after all, is overruled by one behind it that
    // has the same number or a lower one.
    const held = new Uint8Array(recordByteLength);
    let heldSequence = 0;
    let { age, slot } = this.findStart(first, record);
    for (; age >= 0; age--, slot = 1) {
      const base = this.#map.addressByAge(age);
      if (base === undefined) continue;
      const endSlot = age === 0 ? end : this.#slotsPerSector;
      for (; slot < endSlot; slot++) {
        if (!this.#flash.read(base + slot * recordByteLength, record) || !isSealedRecord(record)) continue;
        const sequence = sequenceOf(record);
        const isHeldValid = heldSequence >= Math.max(first, 1) && sequence > heldSequence;
        if (isHeldValid && !visit(held)) return false;
        held.set(record);
        heldSequence = sequence;
      }
    }
    return heldSequence < Math.max(first, 1) || visit(held);
  }

  /** The sector, by its age, and a slot in it at or before the record numbered `first`. */
  private findStart(first: number, record: Uint8Array): { age: number; slot: number } {
    let start = { age: this.#map.sectorCount - 1, slot: 1 };
    for (let age = 0; age < this.#map.sectorCount; age++) {
      const oldest = this.firstSequence(age);
      if (oldest === undefined) continue;
      start = { age, slot: this.startSlot(age, first, first - oldest + 1, record) };
      if (oldest <= first) break;
    }
    return start;
  }

  /**
   * A slot of a sector before the record numbered `first`: next to the `guess` if no record is missing before
   * it, otherwise page by page towards the front.
   */
  private startSlot(age: number, first: number, guess: number, record: Uint8Array): number {
    const base = this.#map.addressByAge(age) ?? 0;
    for (let slot = Math.min(guess, this.#slotsPerSector) - 1; slot > 1; slot -= slotsPerPage) {
      const isThere = this.#flash.read(base + slot * recordByteLength, record) && isSealedRecord(record);
      if (isThere && sequenceOf(record) < first) return slot;
    }
    return 1;
  }
}
