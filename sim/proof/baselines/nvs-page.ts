import type { FlashPartition } from "../../../hal/flash.js";
import { crc32 } from "../../../hal/base/bytes.js";

export const nvsEntryByteLength = 32;
export const entriesPerPage = 126;
const bitmapOffset = 32;
const entriesOffset = 64;
const headerCrcOffset = 28;

/** States of a page; each is reached from the one before by clearing a bit in place. */
export const PageState = Object.freeze({
  empty: 0xffffffff,
  active: 0xfffffffe,
  full: 0xfffffffc,
  freeing: 0xfffffff8,
});
export type PageState = number;
const usedStates: readonly PageState[] = Object.freeze([PageState.active, PageState.full, PageState.freeing]);

/** States of an entry, two bits each. */
export const EntryState = Object.freeze({ empty: 3, written: 2, erased: 0 });
export type EntryState = number;

/**
 * One page of the NVS model: a sector with a header, a bitmap of entry states and 126 entries of 32 bytes
 * (ESP-IDF Programming Guide, Non-Volatile Storage Library, "Internals").
 */
export class NvsPage {
  readonly address: number;
  state: PageState = PageState.empty;
  sequence = 0;
  /** The next entry that was never used. */
  nextEntry = 0;
  #flash: FlashPartition;
  #bitmap = new Uint8Array(entriesOffset - bitmapOffset);

  constructor(flash: FlashPartition, address: number) {
    this.#flash = flash;
    this.address = address;
  }

  /** Reads what the page holds. A page whose header does not check counts as empty, and is erased before use. */
  load(): void {
    const page = new Uint8Array(entriesOffset);
    const view = new DataView(page.buffer);
    this.#flash.read(this.address, page);
    this.#bitmap.set(page.subarray(bitmapOffset));
    const isValid = view.getUint32(headerCrcOffset, true) === crc32(page.subarray(4), headerCrcOffset - 4);
    const state = view.getUint32(0, true);
    const known = usedStates.includes(state);
    this.state = isValid && known ? state : PageState.empty;
    this.sequence = isValid ? view.getUint32(4, true) : 0;
    this.nextEntry = 0;
    for (let index = 0; index < entriesPerPage; index++)
      if (this.entryState(index) !== EntryState.empty) this.nextEntry = index + 1;
    if (this.state === PageState.active) this.#abandonTornEntries();
  }

  /** Begins the page, which is erased first unless it is blank. */
  begin(sequence: number): boolean {
    const page = new Uint8Array(this.#flash.geometry.sectorByteLength);
    this.#flash.read(this.address, page);
    if (page.some((byte) => byte !== 0xff) && !this.#flash.erase(this.address)) return false;
    const header = new Uint8Array(entriesOffset - bitmapOffset).fill(0xff);
    const view = new DataView(header.buffer);
    view.setUint32(0, PageState.active, true);
    view.setUint32(4, sequence, true);
    view.setUint8(8, 0xfe);
    view.setUint32(headerCrcOffset, crc32(header.subarray(4), headerCrcOffset - 4), true);
    this.state = PageState.active;
    this.sequence = sequence;
    this.nextEntry = 0;
    this.#bitmap.fill(0xff);
    return this.#flash.program(this.address, header);
  }

  erase(): boolean {
    this.state = PageState.empty;
    return this.#flash.erase(this.address);
  }

  setState(state: PageState): boolean {
    const word = new Uint8Array(4);
    new DataView(word.buffer).setUint32(0, state, true);
    this.state = state;
    return this.#flash.program(this.address, word);
  }

  entryState(index: number): EntryState {
    return ((this.#bitmap[index >> 2] as number) >> ((index & 3) * 2)) & 3;
  }

  setEntryState(index: number, state: EntryState): boolean {
    const shift = (index & 3) * 2;
    this.#bitmap[index >> 2] = (this.#bitmap[index >> 2] as number) & ~((3 ^ state) << shift);
    const wordStart = (index >> 4) * 4;
    const word = this.#bitmap.slice(wordStart, wordStart + 4);
    return this.#flash.program(this.address + bitmapOffset + wordStart, word);
  }

  readEntry(index: number): Uint8Array {
    const entry = new Uint8Array(nvsEntryByteLength);
    this.#flash.read(this.address + entriesOffset + index * nvsEntryByteLength, entry);
    return entry;
  }

  /** Data first, then the state that makes it count. */
  appendEntry(entry: Uint8Array): number | undefined {
    const index = this.nextEntry++;
    if (!this.#flash.program(this.address + entriesOffset + index * nvsEntryByteLength, entry))
      return undefined;
    return this.setEntryState(index, EntryState.written) ? index : undefined;
  }

  /** An entry that holds data but whose state says empty was being written: it is given up. */
  #abandonTornEntries(): void {
    while (this.nextEntry < entriesPerPage) {
      if (this.readEntry(this.nextEntry).every((byte) => byte === 0xff)) return;
      this.setEntryState(this.nextEntry++, EntryState.erased);
    }
  }
}
