import { areEqual } from "../../../hal/base/bytes.js";
import { sequenceOf } from "./record.js";
import { type SectorReader, slotsPerPage } from "./sector-reader.js";

/** How the owner of a ring judges its records. */
export interface RecordJudge {
  /** False for a record in a layout that this firmware does not know. */
  isReadable(record: Uint8Array): boolean;
  /** Of two records with the same sequence number, the one that ranks higher counts. */
  rank(record: Uint8Array): number;
}

export interface SectorScan {
  /** The record that counts as the newest; undefined when the sector has none. */
  readonly newest: Uint8Array | undefined;
  /** Where it stands; 0 when there is none. */
  readonly newestSlot: number;
  /** The highest sequence number of all sealed records, readable or not; 0 when there are none. */
  readonly lastSequence: number;
  /** The last slot that isn't blank; 0 for a sector with nothing but its header. */
  readonly lastUsedSlot: number;
  /** False when something in the page that was last written is no record: power failed while it was. */
  readonly isClean: boolean;
  /** True when the newest record must stay alone in its page, for it overrules one before it. */
  readonly isOverruling: boolean;
}

/** A sector whose newest record is the readable one with the highest number, whatever its place. */
export function scanByNumber(reader: SectorReader, judge: RecordJudge): SectorScan {
  const { lastUsedSlot } = reader;
  // Looked at once: a second look may find what the first one did not.
  const isClean = lastUsedSlot === 0 || reader.isSealed(lastUsedSlot);
  let newest: Uint8Array | undefined;
  let newestSequence = 0;
  let newestSlot = 0;
  let lastSequence = 0;
  for (let slot = lastUsedSlot; slot > 0; slot--) {
    const sequence = reader.sequence(slot);
    // CRCs are computed for candidates only, because they cost the most.
    if ((newest && sequence < newestSequence) || reader.isBlank(slot) || !reader.isSealed(slot)) continue;
    lastSequence = Math.max(lastSequence, sequence);
    const record = reader.record(slot);
    if (!judge.isReadable(record)) continue;
    if (newest && sequence === newestSequence && judge.rank(record) <= judge.rank(newest)) continue;
    newest = record.slice();
    newestSequence = sequence;
    newestSlot = slot;
  }
  return { newest, newestSlot, lastSequence, lastUsedSlot, isClean, isOverruling: false };
}

/** A sector whose newest record is the last one: what stands behind another with the same or a higher number overrules it. */
export function scanByPlace(reader: SectorReader): SectorScan {
  const { lastUsedSlot } = reader;
  const pageStart = Math.max(1, lastUsedSlot - (lastUsedSlot % slotsPerPage));
  let isClean = true;
  let used = 0;
  for (let slot = pageStart; slot <= lastUsedSlot; slot++) {
    if (reader.isBlank(slot)) continue;
    used++;
    isClean &&= reader.isSealed(slot);
  }
  let newestSlot = lastUsedSlot;
  while (newestSlot > 0 && !reader.isSealed(newestSlot)) newestSlot--;
  const newest = newestSlot > 0 ? reader.record(newestSlot).slice() : undefined;
  const lastSequence = newest ? sequenceOf(newest) : 0;
  const isOverruling = isClean && used === 1 && !!newest && !isNextInLine(reader, pageStart, newest);
  return { newest, newestSlot, lastSequence, lastUsedSlot, isClean, isOverruling };
}

/** True when what stands before the page is the record's predecessor, or the same once more. */
function isNextInLine(reader: SectorReader, pageStart: number, record: Uint8Array): boolean {
  let slot = pageStart - 1;
  while (slot > 0 && reader.isBlank(slot)) slot--;
  if (slot === 0 || !reader.isSealed(slot)) return false;
  return reader.sequence(slot) + 1 === sequenceOf(record) || areEqual(reader.record(slot), record);
}
