import { crc32, readUnsigned, writeUnsigned } from "../../hal/base/bytes.js";

/*
 * What tells memory that kept its power from what it happens to hold without: content, power period and positions are
 * sealed each by itself, so that damage to one leaves the others.
 */

const mark = 0x7a11;
const version = 4;

/** Content begins with mark and version; its CRC-32 stands behind it, with the complement of that. */
const contentByteLength = 152;

/**
 * Where the power period stands: in a place and a form of its own, which no later version may change, for the
 * register depends on it. u32 first sequence, u32 its complement, u32 CRC of both.
 */
export const periodOffset = 160;

/** Where the positions of the logs stand, with a CRC-32 behind them. */
export const positionsOffset = 176;

export function sealContent(bytes: Uint8Array): void {
  writeUnsigned(bytes, 0, 2, mark);
  bytes[2] = version;
  seal(bytes, contentByteLength, crc32(bytes, contentByteLength));
}

export function isContentWhole(bytes: Uint8Array): boolean {
  if (readUnsigned(bytes, 0, 2) !== mark || bytes[2] !== version || !isSealed(bytes, contentByteLength))
    return false;
  return readUnsigned(bytes, contentByteLength, 4) === crc32(bytes, contentByteLength);
}

export function sealPeriod(bytes: Uint8Array, firstSequence: number): void {
  seal(bytes, periodOffset, firstSequence);
  writeUnsigned(bytes, periodOffset + 8, 4, crc32(bytes, 8, periodOffset));
}

export function isPeriodWhole(bytes: Uint8Array): boolean {
  const crc = readUnsigned(bytes, periodOffset + 8, 4);
  return isSealed(bytes, periodOffset) && crc === crc32(bytes, 8, periodOffset);
}

/** @param byteLength that of all positions together */
export function sealPositions(bytes: Uint8Array, byteLength: number): void {
  writeUnsigned(bytes, positionsOffset + byteLength, 4, crc32(bytes, byteLength, positionsOffset));
}

/** @param byteLength that of all positions together */
export function arePositionsWhole(bytes: Uint8Array, byteLength: number): boolean {
  return readUnsigned(bytes, positionsOffset + byteLength, 4) === crc32(bytes, byteLength, positionsOffset);
}

/** Writes `value` as u32 with its complement behind it. */
function seal(bytes: Uint8Array, offset: number, value: number): void {
  writeUnsigned(bytes, offset, 4, value);
  writeUnsigned(bytes, offset + 4, 4, ~value >>> 0);
}

function isSealed(bytes: Uint8Array, offset: number): boolean {
  return readUnsigned(bytes, offset + 4, 4) === ~readUnsigned(bytes, offset, 4) >>> 0;
}
