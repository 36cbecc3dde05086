import { crc32 } from "../../hal/base/bytes.js";
import { Slice, type SliceDeclaration, type SliceSource } from "../legal/retained/slice.js";

/**
 * 0 flags; 1 product; 2 calibration epoch; 3 CRC of the serial number u32; 7 the serial number, 16 bytes; 23 what is not
 * usable.
 */
const declaration: SliceDeclaration = Object.freeze({ name: "settings", version: 2, byteLength: 24 });
const flagsAt = 0;
const productAt = 1;
const calibrationAt = 2;
const serialNumberCrcAt = 3;
const serialNumberAt = 7;
const longestSerialNumber = 16;
const unusableAt = 23;

/** In the place of a setting's id: the store names a product that this firmware does not know. */
export const unusableProduct = 255;

const plainFlag = 1;
const ownKeptFlag = 2;

/** What each wake needs of the settings store, which is read only when power came, or when it was written. */
export class SettingsMemory extends Slice {
  constructor(slices: SliceSource) {
    super(slices, declaration);
  }

  /** True when the store is known to hold nothing but the product at `productIndex`. */
  get hasPlainSettings(): boolean {
    return this.has(flagsAt, plainFlag);
  }

  set hasPlainSettings(isPlain: boolean) {
    this.flag(flagsAt, plainFlag, isPlain);
  }

  /** True when the store is known to hold, beside the product, what `OwnSettingsMemory` holds and no more. */
  get hasOwnSettings(): boolean {
    return this.has(flagsAt, ownKeptFlag);
  }

  set hasOwnSettings(isKept: boolean) {
    this.flag(flagsAt, ownKeptFlag, isKept);
  }

  get productIndex(): number {
    return this.get(productAt, 1);
  }

  set productIndex(index: number) {
    this.put(productAt, 1, index);
  }

  /** Id of a stored setting that this firmware does not use, for it is out of its range, or `unusableProduct`; 0 for none. */
  get unusableEntry(): number {
    return this.get(unusableAt, 1);
  }

  set unusableEntry(entry: number) {
    this.put(unusableAt, 1, entry);
  }

  get calibrationEpoch(): number {
    return this.get(calibrationAt, 1);
  }

  set calibrationEpoch(epoch: number) {
    this.put(calibrationAt, 1, epoch);
  }

  /** Empty when the store has none. */
  get serialNumber(): string {
    return this.text(serialNumberAt, longestSerialNumber);
  }

  set serialNumber(text: string) {
    if (text === this.serialNumber) return;
    this.putText(serialNumberAt, longestSerialNumber, text);
    this.put(serialNumberCrcAt, 4, 0);
  }

  /** Of the meter's serial number, by which meters spread their reports; 0 while it has not been computed. */
  get serialNumberCrc(): number {
    return this.get(serialNumberCrcAt, 4);
  }

  set serialNumberCrc(crc: number) {
    this.put(serialNumberCrcAt, 4, crc);
  }
}

/** CRC-32 of an ASCII text. */
export function crcOfText(text: string): number {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = text.charCodeAt(index);
  return crc32(bytes, bytes.length);
}
