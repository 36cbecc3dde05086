import { areEqual, isBlank, readUnsigned } from "../../../hal/base/bytes.js";
import { isSealedRecord, recordByteLength, sequenceOffset } from "./record.js";
import type { RingArea } from "./ring-area.js";

/** Slots in the unit that flash programs at once, 256 bytes: a failing supply can damage all of it. */
export const slotsPerPage = 8;

const pageByteLength = slotsPerPage * recordByteLength;

/**
 * Reads a sector's slots a page at a time, and each page twice: bits that were being programmed when power failed
 * may read differently each time, and a record with such bits does not count.
 */
export class SectorReader {
  #area: RingArea;
  #sector: number;
  /** First slot of the page that was read. */
  #pageStart = -1;
  #isReadable = false;
  #isPageBlank = false;
  #bytes = new Uint8Array(pageByteLength);
  #bytesAgain = new Uint8Array(pageByteLength);

  constructor(area: RingArea, sector: number) {
    this.#area = area;
    this.#sector = sector;
  }

  /** True when the slot was erased and nothing of it has been programmed. */
  isBlank(slot: number): boolean {
    this.load(slot);
    if (this.#isPageBlank || !this.#isReadable) return this.#isPageBlank;
    return isBlank(slotOf(this.#bytes, slot)) && isBlank(slotOf(this.#bytesAgain, slot));
  }

  /** True when the slot holds a sealed record, the same in both readings. */
  isSealed(slot: number): boolean {
    this.load(slot);
    if (!this.#isReadable) return false;
    const record = slotOf(this.#bytes, slot);
    return areEqual(record, slotOf(this.#bytesAgain, slot)) && isSealedRecord(record);
  }

  /** The bytes of a slot, lent until another slot is looked at. */
  record(slot: number): Uint8Array {
    this.load(slot);
    return slotOf(this.#bytes, slot);
  }

  /** What stands where a record has its number. */
  sequence(slot: number): number {
    this.load(slot);
    // Asked of every slot at a start, so without further calls.
    return readUnsigned(this.#bytes, (slot % slotsPerPage) * recordByteLength + sequenceOffset, 4);
  }

  /** The last slot that isn't blank; 0 for a sector with nothing but its header. */
  get lastUsedSlot(): number {
    let slot = this.#area.slotsPerSector - 1;
    while (slot > 0 && this.isBlank(slot)) slot = this.#isPageBlank ? this.#pageStart - 1 : slot - 1;
    return Math.max(0, slot);
  }

  private load(slot: number): void {
    const start = slot - (slot % slotsPerPage);
    if (start === this.#pageStart) return;
    this.#pageStart = start;
    const { flash } = this.#area;
    const address = this.#area.slotAddress(this.#sector, start);
    this.#isReadable = flash.read(address, this.#bytes) && flash.read(address, this.#bytesAgain);
    this.#isPageBlank = this.#isReadable && isBlank(this.#bytes) && isBlank(this.#bytesAgain);
  }
}

function slotOf(page: Uint8Array, slot: number): Uint8Array {
  const start = (slot % slotsPerPage) * recordByteLength;
  return page.subarray(start, start + recordByteLength);
}
