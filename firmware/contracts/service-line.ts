import { printableText, putText } from "../../hal/base/bytes.js";
import { crc16 } from "../../hal/base/crc16.js";

/** Stands between a message and its check digits. */
const separator = 0x2a;
const digits = "0123456789ABCDEF";
const digitCount = 4;
const carriageReturn = 13;
const lineFeed = 10;

/**
 * A message as it goes on the line, with its check digits, CR and LF; in place, for an answer can be long.
 * @throws {RangeError} when it is not printable ASCII.
 */
export function sealedBytes(message: string): Uint8Array {
  const { length } = message;
  const bytes = new Uint8Array(length + 1 + digitCount + 2);
  putText(bytes, 0, message);
  for (let index = 0; index < length; index++)
    if (!isPrintable(bytes[index] as number)) throw new RangeError("a message must be printable ASCII");
  const crc = crc16(bytes, length);
  bytes[length] = separator;
  for (let index = 0; index < digitCount; index++)
    bytes[length + 1 + index] = digits.charCodeAt((crc >> (12 - 4 * index)) & 15);
  bytes[length + 1 + digitCount] = carriageReturn;
  bytes[length + 2 + digitCount] = lineFeed;
  return bytes;
}

/** A message with its check digits, without line end. @throws {RangeError} when it is not printable ASCII. */
export function sealLine(message: string): string {
  return printableText(sealedBytes(message), 0, message.length + 1 + digitCount);
}

/** The message on a line without line end; undefined unless its check digits are right and all is printable ASCII. */
export function openLine(line: string): string | undefined {
  const bytes = new Uint8Array(line.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = Math.min(line.charCodeAt(index), 0xff);
  const length = messageLength(bytes, bytes.length);
  return length < 0 ? undefined : line.slice(0, length);
}

/** Length of the message in the first `length` bytes of a line; -1 where `openLine` gives undefined. */
export function messageLength(bytes: Uint8Array, length: number): number {
  const end = length - digitCount - 1;
  if (end < 0 || bytes[end] !== separator) return -1;
  let check = 0;
  for (let index = end + 1; index < length; index++) {
    const digit = digitOf(bytes[index] as number);
    if (digit < 0) return -1;
    check = check * 16 + digit;
  }
  for (let index = 0; index < end; index++) if (!isPrintable(bytes[index] as number)) return -1;
  return crc16(bytes, end) === check ? end : -1;
}

function isPrintable(code: number): boolean {
  return code >= 0x20 && code < 0x7f;
}

/** Value of a hexadecimal digit in ASCII, either case; -1 for anything else. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
