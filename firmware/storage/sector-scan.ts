import type { FlashPartition } from "../../hal/flash.js";
import { areEqual, isSealedRecord, recordByteLength, sequenceOffset } from "./record.js";

/** How the owner of a ring judges its records. */
export interface RecordJudge {
  /** False for a record in a layout that this firmware does not know. */
  isReadable(record: Uint8Array): boolean;
  /** Of two records with the same sequence number, the one that ranks higher counts. */
  rank(record: Uint8Array): number;
}

export interface SectorScan {
  /** The readable record with the highest sequence number, whatever its position. */
  readonly newest: Uint8Array | undefined;
  /** The highest sequence number of all sealed records, readable or not; 0 when there are none. */
  readonly lastSequence: number;
  /** The last slot that isn't blank; 0 for a sector with nothing but its header. */
  readonly lastUsedSlot: number;
}

const wordsPerSlot = recordByteLength / 4;
const blankWord = 0xffffffff;

/**
 * Looks through one sector. It is read twice: bits that were being programmed when the power failed may read
 * differently each time, and a record with such bits does not count. CRCs are only computed for candidates,
 * because they cost the most.
 */
export function scanSector(
  flash: FlashPartition,
  base: number,
  slotsPerSector: number,
  judge: RecordJudge | undefined,
): SectorScan {
  const words = new Uint32Array(slotsPerSector * wordsPerSlot);
  const again = new Uint32Array(slotsPerSector * wordsPerSlot);
  const bytes = new Uint8Array(words.buffer);
  const bytesAgain = new Uint8Array(again.buffer);
  if (!flash.read(base, bytes) || !flash.read(base, bytesAgain))
    return { newest: undefined, lastSequence: 0, lastUsedSlot: slotsPerSector - 1 };
  let lastUsedWord = words.length - 1;
  while (lastUsedWord > 0 && words[lastUsedWord] === blankWord && again[lastUsedWord] === blankWord)
    lastUsedWord--;
  const lastUsedSlot = Math.floor(lastUsedWord / wordsPerSlot);
  const isSealed = (slot: number): boolean =>
    isSealedRecord(slotOf(bytes, slot)) && areEqual(slotOf(bytes, slot), slotOf(bytesAgain, slot));
  let lastSequence = 0;
  let newest = nextCandidate(words, lastUsedSlot, Infinity, 0);
  for (; newest > 0; newest = nextCandidate(words, lastUsedSlot, sequenceAt(words, newest), newest)) {
    if (!isSealed(newest)) continue;
    lastSequence = Math.max(lastSequence, sequenceAt(words, newest));
    if (!judge || judge.isReadable(slotOf(bytes, newest))) break;
  }
  if (newest === 0) return { newest: undefined, lastSequence, lastUsedSlot };
  if (judge) newest = highestRanking(words, bytes, newest, isSealed, judge);
  return { newest: slotOf(bytes, newest).slice(), lastSequence, lastUsedSlot };
}

/** The slot with the highest sequence number below the bound, later slots first; 0 when there is none. */
function nextCandidate(
  words: Uint32Array,
  lastSlot: number,
  boundSequence: number,
  boundSlot: number,
): number {
  let best = 0;
  let bestSequence = -1;
  for (let slot = lastSlot; slot > 0; slot--) {
    const sequence = sequenceAt(words, slot);
    const isBelow = sequence < boundSequence || (sequence === boundSequence && slot < boundSlot);
    if (isBelow && sequence > bestSequence) {
      bestSequence = sequence;
      best = slot;
    }
  }
  return best;
}

/** Of the readable records with the sequence number of that in `found`, which is the last, the highest ranking. */
function highestRanking(
  words: Uint32Array,
  bytes: Uint8Array,
  found: number,
  isSealed: (slot: number) => boolean,
  judge: RecordJudge,
): number {
  let best = found;
  for (let slot = found - 1; slot > 0; slot--) {
    if (sequenceAt(words, slot) !== sequenceAt(words, found) || !isSealed(slot)) continue;
    const record = slotOf(bytes, slot);
    if (judge.isReadable(record) && judge.rank(record) > judge.rank(slotOf(bytes, best))) best = slot;
  }
  return best;
}

function sequenceAt(words: Uint32Array, slot: number): number {
  return words[slot * wordsPerSlot + sequenceOffset / 4] as number;
}

function slotOf(bytes: Uint8Array, slot: number): Uint8Array {
  return bytes.subarray(slot * recordByteLength, (slot + 1) * recordByteLength);
}
