import { recordByteLength, sequenceOf } from "./record.js";
import type { RingArea } from "./ring-area.js";
import { readRecord, visitRing } from "./ring-history.js";
import type { SectorMap } from "./sector-map.js";
import { slotsPerPage } from "./sector-reader.js";

/** A ring, as far as it is judged what it could do without. */
export interface KeptRing {
  readonly area: RingArea;
  readonly map: SectorMap;
  /** Records with this number or a higher one may be what a cut has left of them, and be gone at the next start. */
  readonly doubtfulSequence: number;
  /** The head's next slot, behind the record with the last number. */
  readonly nextSlot: number;
  readonly lastSequence: number;
}

/** What a log says of its sectors before one is erased to make room. */
export interface SectorKeeper {
  /** True when the ring can't do without what stands in `sector`. */
  keeps(ring: KeptRing, sector: number): boolean;
  /**
   * Asked when every sector is kept, and the ring must go on all the same: true when nothing is lost with `sector`.
   * @param twin the log's other half, where that holds what was stored, and nothing that a cut may have damaged
   */
  isSpare?(ring: KeptRing, sector: number, twin: KeptRing | undefined): boolean;
}

/** For logs of which the newest record alone is wanted. */
export const newestKeeper: SectorKeeper = Object.freeze({ keeps: () => false });

/** As many records as stand in a sector when a life without resets prepares the next one. */
export const wellFilled = 88;

/**
 * For logs of which every record is wanted until newer ones need its room. Starts that are cut one after the other leave
 * a page behind each, however many they are: the oldest records only go for a head that is filled with records. One that
 * is filled with what cuts have left is begun anew, and gets its few records from the log's other half.
 */
export const historyKeeper: SectorKeeper = Object.freeze({
  keeps(ring: KeptRing, sector: number): boolean {
    const { area, map } = ring;
    return map.isInUse(sector) && !isWellFilled(ring) && recordsIn(area, sector, 1).length > 0;
  },
  isSpare({ area, map }: KeptRing, sector: number, twin: KeptRing | undefined): boolean {
    if (!twin || sector !== map.headSector) return false;
    const wanted = recordsIn(area, sector, area.slotsPerSector);
    let found = 0;
    visitRing(twin.area, twin.map, wanted[0] ?? 0, area.slotsPerSector, (record) => {
      if (sequenceOf(record) === wanted[found]) found++;
      return found < wanted.length;
    });
    return found === wanted.length;
  },
});

/**
 * By the numbers alone where they tell, for to look at every record costs as much as an hourly wake. In a life without
 * resets each slot has the number behind that of the slot before it. A start goes on in a fresh page, so that each page
 * holds one record at most that a cut has made unreadable and that has taken a number.
 */
function isWellFilled({ area, map, nextSlot, lastSequence }: KeptRing): boolean {
  const first = recordsIn(area, map.headSector, 1)[0];
  if (first === undefined) return false;
  const count = lastSequence - first + 1;
  if (count < wellFilled) return false;
  if (count === nextSlot - 1 || count >= wellFilled + area.slotsPerSector / slotsPerPage) return true;
  // As long as the head has room the sector in front of it can wait.
  if (nextSlot < area.slotsPerSector) return false;
  return recordsIn(area, map.headSector, wellFilled).length === wellFilled;
}

/** The numbers of the first `most` records in a sector; what a start has written once more is there once. */
function recordsIn(area: RingArea, sector: number, most: number): number[] {
  const record = new Uint8Array(recordByteLength);
  const sequences: number[] = [];
  let last = 0;
  for (let slot = 1; slot < area.slotsPerSector && sequences.length < most; slot++) {
    if (!readRecord(area, sector, slot, record) || sequenceOf(record) <= last) continue;
    last = sequenceOf(record);
    sequences.push(last);
  }
  return sequences;
}
