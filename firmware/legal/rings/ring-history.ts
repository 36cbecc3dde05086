import { isSealedRecord, recordByteLength, sequenceOf } from "./record.js";
import type { RingArea } from "./ring-area.js";
import type { SectorMap } from "./sector-map.js";
import { slotsPerPage } from "./sector-reader.js";

/** The sectors of a ring by their age. */
export type SectorOrder = Pick<SectorMap, "sectorByAge">;

/** Sequence number of the oldest record that was not overwritten; 0 while nothing has been. */
export function keptSequence(area: RingArea, map: SectorMap): number {
  if (!map.hasComeRound) return 0;
  for (let age = area.sectorCount - 1; age >= 0; age--) {
    const oldest = firstSequence(area, map, age);
    if (oldest !== undefined) return oldest;
  }
  return 0;
}

/** Sequence number of the first valid record in the sector of that age; undefined when it has none. */
export function firstSequence(area: RingArea, map: SectorOrder, age: number): number | undefined {
  const sector = map.sectorByAge(age);
  if (sector === undefined) return undefined;
  const record = new Uint8Array(recordByteLength);
  for (let slot = 1; slot < area.slotsPerSector; slot++)
    if (readRecord(area, sector, slot, record)) return sequenceOf(record);
  return undefined;
}

/**
 * Visits the valid records from sequence number `first` on up to the head's slot `end`, oldest first, until
 * `visit` returns false. The bytes are only lent for the call. Returns whether it came to the end.
 */
export function visitRing(
  area: RingArea,
  map: SectorOrder,
  first: number,
  end: number,
  visit: (record: Uint8Array) => boolean,
): boolean {
  const record = new Uint8Array(recordByteLength);
  // Held back by one: a record that was refused, but can be read after all, is overruled by one behind it that
  // has the same number or a lower one.
  const held = new Uint8Array(recordByteLength);
  let heldSequence = 0;
  let { age, slot } = findStart(area, map, first, record);
  for (; age >= 0; age--, slot = 1) {
    const sector = map.sectorByAge(age);
    if (sector === undefined) continue;
    const endSlot = age === 0 ? end : area.slotsPerSector;
    for (; slot < endSlot; slot++) {
      if (!readRecord(area, sector, slot, record)) continue;
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
function findStart(
  area: RingArea,
  map: SectorOrder,
  first: number,
  record: Uint8Array,
): { age: number; slot: number } {
  let start = { age: area.sectorCount - 1, slot: 1 };
  for (let age = 0; age < area.sectorCount; age++) {
    const oldest = firstSequence(area, map, age);
    if (oldest === undefined) continue;
    start = { age, slot: startSlot(area, map.sectorByAge(age) ?? 0, first, first - oldest + 1, record) };
    if (oldest <= first) break;
  }
  return start;
}

/**
 * A slot of a sector before the record numbered `first`: next to the `guess` if no record is missing before
 * it, otherwise page by page towards the front.
 */
function startSlot(area: RingArea, sector: number, first: number, guess: number, record: Uint8Array): number {
  for (let slot = Math.min(guess, area.slotsPerSector) - 1; slot > 1; slot -= slotsPerPage)
    if (readRecord(area, sector, slot, record) && sequenceOf(record) < first) return slot;
  return 1;
}

/** False when the slot can't be read or holds no valid record. */
export function readRecord(area: RingArea, sector: number, slot: number, record: Uint8Array): boolean {
  return area.flash.read(area.slotAddress(sector, slot), record) && isSealedRecord(record);
}
