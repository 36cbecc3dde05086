import { readUnsigned, writeUnsigned } from "../../hal/bytes.js";
import type { FlashPartition } from "../../hal/flash.js";
import { MirroredLog } from "../storage/mirrored-log.js";
import type { RingPosition } from "../storage/ring-position.js";
import { recordByteLength, sequenceOf, sequenceOffset } from "../storage/record.js";

const settingsKind = 6;
const recordVersion = 1;
const valueOffset = 12;

/** What one entry can hold. */
export const entryByteLength = 16;

/** Entry ids: settings have those of `SettingId`, in which a number is stored as f64. */
const productEntry = 0xff00;
const keyEntry = 0xff01;

interface LiveEntry {
  readonly sequence: number;
  readonly value: Uint8Array;
}

/**
 * This meter's own settings and key: small entries by id, the last record for an id counts. Whenever a new
 * sector is begun, every live entry is copied into it before the next change and at the next start, so each sector
 * is complete in itself before an older one is erased.
 *
 * Record: 0 version, 4 sequence u32, 8 entry id u16, 12 value, 16 bytes.
 */
export class SettingsStore {
  #log: MirroredLog;
  #live = new Map<number, LiveEntry>();

  /** Uses the whole of `flash`, at least two times three sectors. */
  constructor(
    flash: FlashPartition,
    mayEraseAhead: () => boolean,
    positions?: readonly [RingPosition, RingPosition],
  ) {
    this.#log = new MirroredLog({ flash, kind: settingsKind, mayEraseAhead, positions });
    this.#log.visitFrom(1, (bytes) => {
      if (bytes[0] === recordVersion) this.#take(bytes);
      return true;
    });
    // Resets alone, without a change, may have begun a new sector.
    this.#preserve();
  }

  /** Which product this meter is; empty when nobody has said. */
  get productName(): string {
    const value = this.#live.get(productEntry)?.value;
    let name = "";
    for (const code of value ?? []) if (code !== 0) name += String.fromCharCode(code);
    return name;
  }

  /** The device key, 16 bytes; undefined when there is none. */
  get key(): Uint8Array | undefined {
    return this.#live.get(keyEntry)?.value;
  }

  /** The numbers that differ from the product's defaults, by setting id. */
  get overrides(): Map<number, number> {
    const overrides = new Map<number, number>();
    for (const [id, { value }] of this.#live)
      if (id !== productEntry && id !== keyEntry)
        overrides.set(id, new DataView(value.buffer).getFloat64(0, true));
    return overrides;
  }

  /** Stores which product this meter is; names have at most 16 ASCII characters. */
  storeProduct(name: string): boolean {
    if (name.length > entryByteLength) throw new RangeError(`product name ${name} is too long`);
    const value = new Uint8Array(entryByteLength);
    for (let index = 0; index < name.length; index++) value[index] = name.charCodeAt(index);
    return this.#store(productEntry, value);
  }

  /** Stores the device key. @throws {RangeError} unless it has 16 bytes. */
  storeKey(key: Uint8Array): boolean {
    if (key.byteLength !== entryByteLength) throw new RangeError(`a key has ${entryByteLength} bytes`);
    return this.#store(keyEntry, key.slice());
  }

  /** Stores one number; the caller has checked it with `settingProblem`. */
  store(id: number, value: number): boolean {
    const bytes = new Uint8Array(entryByteLength);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    return this.#store(id, bytes);
  }

  #store(id: number, value: Uint8Array): boolean {
    return this.#preserve() && this.#append(id, value);
  }

  /** Copies the entries that stand in older sectors into the present one. */
  #preserve(): boolean {
    const { headSequence } = this.#log;
    for (const [id, { sequence, value }] of [...this.#live])
      if (sequence < headSequence && !this.#append(id, value)) return false;
    return true;
  }

  #append(id: number, value: Uint8Array): boolean {
    const bytes = new Uint8Array(recordByteLength);
    bytes[0] = recordVersion;
    writeUnsigned(bytes, sequenceOffset, 4, this.#log.lastSequence + 1);
    writeUnsigned(bytes, 8, 2, id);
    bytes.set(value, valueOffset);
    if (!this.#log.append(bytes)) return false;
    this.#take(bytes);
    return true;
  }

  #take(bytes: Uint8Array): void {
    const value = bytes.slice(valueOffset, valueOffset + entryByteLength);
    this.#live.set(readUnsigned(bytes, 8, 2), { sequence: sequenceOf(bytes), value });
  }
}
