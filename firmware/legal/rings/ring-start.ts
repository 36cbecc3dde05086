import { isBlank } from "../../../hal/base/bytes.js";
import { isSealedRecord, recordByteLength, sequenceOf } from "./record.js";
import type { RingArea } from "./ring-area.js";
import type { RingPosition } from "./ring-position.js";
import { SectorMap } from "./sector-map.js";
import { SectorReader, slotsPerPage } from "./sector-reader.js";
import { type RecordJudge, scanByNumber, scanByPlace } from "./sector-scan.js";

/** Where a start has found a ring's end. */
export interface RingEnd {
  /** The newest record; undefined while there is none. */
  readonly newest: Uint8Array | undefined;
  readonly newestSector: number | undefined;
  /** The highest sequence number in use, also by records that can't be read; 0 while there are none. */
  readonly lastSequence: number;
  /** The sector that takes new records, and where in it the next record goes. */
  readonly headSector: number;
  readonly nextSlot: number;
  /** Undefined where the headers did not have to be read. */
  readonly map: SectorMap | undefined;
  /** True when the ring is taken up where an earlier run left it; false when it had to be searched. */
  readonly wasResumed: boolean;
  /** False when power may have failed in the middle of the last write. */
  readonly isClean: boolean;
  /** Slots behind the newest record that may hold what a failing supply left of others; 0 when there are none. */
  readonly tornSlots: number;
}

/** The first slot of the page behind `slot`, or `slot` itself when it is the first of its page. */
export function nextPage(slot: number): number {
  return Math.ceil(slot / slotsPerPage) * slotsPerPage;
}

/**
 * Takes up where an earlier run ended. The newest record must stand just before the noted slot, with the noted
 * sequence number, and the slot that is next must still be blank: otherwise something was written since, and the
 * position is of no use.
 */
export function resumeRing(area: RingArea, position: RingPosition): RingEnd | undefined {
  const { sector, nextSlot, sequence } = position;
  if (nextSlot < 2 || nextSlot > area.slotsPerSector || sector >= area.sectorCount) return undefined;
  const newest = lastInPage(area, sector, nextSlot);
  if (!newest || !isSealedRecord(newest)) return undefined;
  const lastSequence = sequenceOf(newest);
  if ((lastSequence & 0xffff) !== sequence) return undefined;
  const isFull = nextSlot === area.slotsPerSector;
  const map = isFull ? new SectorMap(area, sector, position.isNextPrepared) : undefined;
  const nextSector = map ? map.preparedSector : sector;
  if (nextSector !== undefined && !isSlotBlank(area, nextSector, isFull ? 1 : nextSlot)) return undefined;
  return {
    newest,
    newestSector: sector,
    lastSequence,
    headSector: sector,
    nextSlot,
    map,
    wasResumed: true,
    isClean: true,
    tornSlots: 0,
  };
}

/** What stands before `nextSlot`, where the rest of a page may have been passed over; undefined if it can't be read. */
function lastInPage(area: RingArea, sector: number, nextSlot: number): Uint8Array | undefined {
  const record = new Uint8Array(recordByteLength);
  const first = nextSlot % slotsPerPage === 0 ? Math.max(1, nextSlot - slotsPerPage) : nextSlot - 1;
  for (let slot = nextSlot - 1; slot >= first; slot--) {
    if (!area.flash.read(area.slotAddress(sector, slot), record)) return undefined;
    if (!isBlank(record)) break;
  }
  return record;
}

function isSlotBlank(area: RingArea, sector: number, slot: number): boolean {
  const bytes = new Uint8Array(recordByteLength);
  return area.flash.read(area.slotAddress(sector, slot), bytes) && isBlank(bytes);
}

/**
 * Looks for the newest record without any hint: one header per sector and, as a rule, one sector, all read twice.
 * With a `judge` the highest number is the newest, without one the last place.
 */
export function searchRing(area: RingArea, judge: RecordJudge | undefined): RingEnd {
  const { slotsPerSector } = area;
  const map = new SectorMap(area);
  let nextSlot = slotsPerSector;
  let lastSequence = 0;
  let isClean = true;
  /** Slots of the head, and of the sectors between it and the newest record, that are behind that record. */
  let slotsBehind = 0;
  let newest: Uint8Array | undefined;
  let emptyHeads = 0;
  let age = 0;
  for (let isHead = true; !newest; age++) {
    const sector = map.sectorByAge(age);
    if (sector === undefined) break;
    const reader = new SectorReader(area, sector);
    const scan = judge ? scanByNumber(reader, judge) : scanByPlace(reader);
    if (isHead && scan.lastUsedSlot === 0) {
      map.dropEmptyHead();
      emptyHeads++;
      age--;
      continue;
    }
    if (isHead) {
      isClean = scan.isClean;
      nextSlot = scan.lastUsedSlot + 1;
      // What a failing supply may have touched is never programmed again.
      if (judge || !isClean || scan.isOverruling) nextSlot = nextPage(nextSlot);
    }
    newest = scan.newest;
    slotsBehind += (isHead ? nextSlot : slotsPerSector) - 1 - scan.newestSlot;
    lastSequence = Math.max(lastSequence, scan.lastSequence);
    isHead = false;
  }
  return {
    newest,
    newestSector: newest && map.sectorByAge(age - 1),
    lastSequence,
    headSector: map.headSector,
    nextSlot,
    map,
    wasResumed: false,
    isClean,
    // A head that looks empty may have been given a record that shows some day.
    tornSlots: emptyHeads + (isClean ? 0 : slotsBehind),
  };
}
