/*
 * What every record in flash and every line of the modem goes through, in native code where there is some (`hal/core/byte-operations.c`): each byte in
 * JavaScript costs the chip as much as hundreds in C. This is the reference, which runs where the engine compiles.
 * The one module of the HAL's top level that has something to run, for it touches nothing but the bytes it is given.
 */

/** CRC-32 of each four-bit value, polynomial 0xEDB88320 (IEEE 802.3, reflected), as signed 32-bit integers. */
const nibbleTable: readonly number[] = Object.freeze([
  0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c, -0x12477ce0,
  -0x0ff06cbc, -0x29295c18, -0x349e4c74, -0x649b3d50, -0x792c2d2c, -0x5ff51d88, -0x42420de4,
]);

/** CRC-32 (IEEE 802.3, as in zlib) of `byteLength` bytes from `offset` on, as an unsigned number. */
export function crc32(bytes: Uint8Array, byteLength: number, offset = 0): number {
  let crc = -1;
  for (let index = offset; index < offset + byteLength; index++) {
    crc ^= bytes[index] as number;
    crc = (crc >>> 4) ^ (nibbleTable[crc & 15] as number);
    crc = (crc >>> 4) ^ (nibbleTable[crc & 15] as number);
  }
  return ~crc >>> 0;
}

/** True when every byte reads as erased flash, 0xFF. */
export function isBlank(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) if (bytes[index] !== 0xff) return false;
  return true;
}

/** True when both hold the same bytes, and as many. */
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

/** Where the first carriage return or line feed from `offset` on stands; -1 when there is none. */
export function lineEndOf(bytes: Uint8Array, offset: number): number {
  for (let index = offset; index < bytes.length; index++)
    if (bytes[index] === 0x0d || bytes[index] === 0x0a) return index;
  return -1;
}

/** The unsigned integer in the `byteLength` (1 to 7) bytes from `offset` on, little-endian; exact up to 2^53. */
export function readUnsigned(bytes: Uint8Array, offset: number, byteLength: number): number {
  let value = 0;
  for (let index = offset + byteLength - 1; index >= offset; index--)
    value = value * 256 + (bytes[index] as number);
  return value;
}

/** Puts an integer from 0 to 2^53 into the `byteLength` (1 to 7) bytes from `offset` on, little-endian. */
export function writeUnsigned(bytes: Uint8Array, offset: number, byteLength: number, value: number): void {
  let rest = value;
  for (let index = offset; index < offset + byteLength; index++) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** The printable ASCII, 0x20 to 0x7E, among `byteLength` bytes from `offset` on; all else is left out. */
export function printableText(bytes: Uint8Array, offset: number, byteLength: number): string {
  let text = "";
  for (let index = offset; index < offset + byteLength; index++) {
    const code = bytes[index] as number;
    if (code >= 0x20 && code <= 0x7e) text += String.fromCharCode(code);
  }
  return text;
}

/** Puts `text` into the bytes from `offset` on. @throws {RangeError} when it is not ASCII or does not fit. */
export function putText(bytes: Uint8Array, offset: number, text: string): void {
  if (offset + text.length > bytes.length) throw new RangeError("outside the buffer");
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) throw new RangeError("text is not ASCII");
    bytes[offset + index] = code;
  }
}

const digits = "0123456789ABCDEF";

/** Two upper-case digits for each byte. */
export function encodeHexadecimal(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += digits.charAt(byte >> 4) + digits.charAt(byte & 15);
  return text;
}

/** Fills `bytes` from `text`, two digits each, of either case; false when it holds anything else, or more or less. */
export function putHexadecimal(bytes: Uint8Array, text: string): boolean {
  if (text.length !== 2 * bytes.length || !/^[0-9A-Fa-f]*$/.test(text)) return false;
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number(`0x${text.slice(2 * index, 2 * index + 2)}`);
  return true;
}
