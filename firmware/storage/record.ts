import { crc32 } from "./crc32.js";

/** Every stored record is 32 bytes: whole units of flash encryption, and a sector holds 127 behind its header. */
export const recordByteLength = 32;

/** Where the sequence number stands in every record, little-endian u32. */
export const sequenceOffset = 4;
const crcOffset = 28;

/** Writes the CRC-32 of the first 28 bytes behind them. */
export function sealRecord(bytes: Uint8Array): void {
  viewOf(bytes).setUint32(crcOffset, crc32(bytes, crcOffset), true);
}

/** True when the CRC fits and the record is not erased flash. */
export function isSealedRecord(bytes: Uint8Array): boolean {
  return !isBlank(bytes) && viewOf(bytes).getUint32(crcOffset, true) === crc32(bytes, crcOffset);
}

/** True when every byte reads as erased. */
export function isBlank(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) if (bytes[index] !== 0xff) return false;
  return true;
}

/** The sequence number of a record, u32. */
export function sequenceOf(bytes: Uint8Array): number {
  return viewOf(bytes).getUint32(sequenceOffset, true);
}

/** True when two buffers of the same length hold the same bytes. */
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Exact unsigned integers beyond 32 bits, little-endian; `byteLength` is 5 to 7 (7 bytes hold past 2^53). */
export function setUnsigned(view: DataView, offset: number, byteLength: number, value: number): void {
  let rest = value;
  for (let index = 0; index < byteLength; index++) {
    view.setUint8(offset + index, rest % 256);
    rest = Math.floor(rest / 256);
  }
}

export function getUnsigned(view: DataView, offset: number, byteLength: number): number {
  let value = 0;
  for (let index = byteLength - 1; index >= 0; index--) value = value * 256 + view.getUint8(offset + index);
  return value;
}
