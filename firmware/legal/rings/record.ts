import { crc32, readUnsigned, writeUnsigned } from "../../../hal/base/bytes.js";

/** Every stored record is 32 bytes: whole units of flash encryption, and a sector holds 127 behind its header. */
export const recordByteLength = 32;

/** Where the sequence number stands in every record, little-endian u32. */
export const sequenceOffset = 4;
const crcOffset = 28;

/** Writes the CRC-32 of the first 28 bytes behind them. */
export function sealRecord(bytes: Uint8Array): void {
  writeUnsigned(bytes, crcOffset, 4, crc32(bytes, crcOffset));
}

/** True when the CRC fits; erased flash has another one. */
export function isSealedRecord(bytes: Uint8Array): boolean {
  return readUnsigned(bytes, crcOffset, 4) === crc32(bytes, crcOffset);
}

/** The sequence number of the record that begins at `offset`, u32. */
export function sequenceOf(bytes: Uint8Array, offset = 0): number {
  return readUnsigned(bytes, offset + sequenceOffset, 4);
}
