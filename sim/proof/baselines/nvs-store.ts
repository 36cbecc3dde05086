import type { FlashPartition } from "../../../hal/flash.js";
import { crc32 } from "../../../hal/base/bytes.js";
import { entriesPerPage, nvsEntryByteLength, EntryState, NvsPage, PageState } from "./nvs-page.js";
import type { RegisterStore } from "./register-store.js";

const key = "register";
const namespaceIndex = 1;
const unsignedType = 0x08;
const crcOffset = 4;
const keyOffset = 8;
const valueOffset = 24;

interface Place {
  readonly page: NvsPage;
  readonly index: number;
}

/**
 * A register kept as one `u64` in a model of ESP-IDF's NVS, written from its documentation: pages that are filled
 * one after another, entries with a CRC, and states that are changed by clearing bits in place. A new value is
 * written as a new entry before the old one is marked as erased. When the last free page is begun, the oldest
 * page's live entries are copied and the page is erased.
 */
export class NvsStore implements RegisterStore {
  readonly #pages: readonly NvsPage[];
  #place: Place | undefined;

  constructor(flash: FlashPartition) {
    const { byteLength, sectorByteLength } = flash.geometry;
    this.#pages = Array.from(
      { length: byteLength / sectorByteLength },
      (_, index) => new NvsPage(flash, index * sectorByteLength),
    );
    for (const page of this.#pages) page.load();
    for (const page of this.#inUse) this.#loadEntries(page);
  }

  read(): number | undefined {
    if (!this.#place) return undefined;
    const entry = this.#place.page.readEntry(this.#place.index);
    return Number(new DataView(entry.buffer).getBigUint64(valueOffset, true));
  }

  write(value: number): boolean {
    const old = this.#place;
    const page = this.#pageWithRoom();
    const index = page?.appendEntry(encode(value));
    if (!page || index === undefined) return false;
    this.#place = { page, index };
    // Making room may have moved the old entry.
    const moved = old && old.page.state === PageState.empty ? undefined : old;
    return !moved || moved.page.setEntryState(moved.index, EntryState.erased);
  }

  /** Removes the value. */
  erase(): boolean {
    const old = this.#place;
    this.#place = undefined;
    return !old || old.page.setEntryState(old.index, EntryState.erased);
  }

  /** In the order in which they were begun. */
  get #inUse(): NvsPage[] {
    return this.#pages
      .filter(({ state }) => state !== PageState.empty)
      .sort((one, other) => one.sequence - other.sequence);
  }

  /** An entry with a wrong CRC is given up; of two entries for the key the later counts, the earlier is erased. */
  #loadEntries(page: NvsPage): void {
    for (let index = 0; index < page.nextEntry; index++) {
      if (page.entryState(index) !== EntryState.written) continue;
      if (!isValid(page.readEntry(index))) {
        page.setEntryState(index, EntryState.erased);
        continue;
      }
      const earlier = this.#place;
      this.#place = { page, index };
      earlier?.page.setEntryState(earlier.index, EntryState.erased);
    }
  }

  #pageWithRoom(): NvsPage | undefined {
    const inUse = this.#inUse;
    const active = inUse[inUse.length - 1];
    if (active?.state === PageState.active && active.nextEntry < entriesPerPage) return active;
    if (active?.state === PageState.active) active.setState(PageState.full);
    const free = this.#pages.filter(({ state }) => state === PageState.empty);
    const next = free[0];
    if (!next?.begin((active?.sequence ?? 0) + 1)) return undefined;
    // One page stays free, to copy into: the oldest has to go.
    if (free.length === 1 && inUse[0]) this.#free(inUse[0], next);
    return next;
  }

  #free(page: NvsPage, into: NvsPage): void {
    page.setState(PageState.freeing);
    if (this.#place?.page === page) {
      const index = into.appendEntry(page.readEntry(this.#place.index));
      if (index !== undefined) this.#place = { page: into, index };
    }
    page.erase();
  }
}

/**
 * A register kept as Moddable's `preference` keeps a value on ESP32: the key is erased from NVS, then set anew.
 */
export class PreferenceStore implements RegisterStore {
  readonly #nvs: NvsStore;

  constructor(flash: FlashPartition) {
    this.#nvs = new NvsStore(flash);
  }

  read(): number | undefined {
    return this.#nvs.read();
  }

  write(value: number): boolean {
    return this.#nvs.erase() && this.#nvs.write(value);
  }
}

function encode(value: number): Uint8Array {
  const entry = new Uint8Array(nvsEntryByteLength).fill(0xff);
  const view = new DataView(entry.buffer);
  view.setUint8(0, namespaceIndex);
  view.setUint8(1, unsignedType);
  view.setUint8(2, 1);
  entry.fill(0, keyOffset, valueOffset);
  for (let index = 0; index < key.length; index++) entry[keyOffset + index] = key.charCodeAt(index);
  view.setBigUint64(valueOffset, BigInt(value), true);
  view.setUint32(crcOffset, entryCrc(entry), true);
  return entry;
}

function isValid(entry: Uint8Array): boolean {
  return new DataView(entry.buffer).getUint32(crcOffset, true) === entryCrc(entry);
}

/** Over the entry without the CRC itself. */
function entryCrc(entry: Uint8Array): number {
  const covered = new Uint8Array(nvsEntryByteLength - 4);
  covered.set(entry.subarray(0, crcOffset));
  covered.set(entry.subarray(keyOffset), crcOffset);
  return crc32(covered, covered.byteLength);
}
