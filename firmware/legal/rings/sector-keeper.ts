import { recordByteLength, sequenceOf } from "./record.js";
import type { RingArea } from "./ring-area.js";
import { readRecord, visitRing } from "./ring-history.js";
import type { SectorMap } from "./sector-map.js";

/** A ring, as far as it is judged what it could do without. */
export interface KeptRing {
  readonly area: RingArea;
  readonly map: SectorMap;
  /** Records with this number or a higher one may be what a cut has left of them, and be gone at the next start. */
  readonly doubtfulSequence: number;
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
  keeps({ area, map }: KeptRing, sector: number): boolean {
    const isWellFilled = recordsIn(area, map.headSector, wellFilled).length === wellFilled;
    return !isWellFilled && recordsIn(area, sector, 1).length > 0;
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
