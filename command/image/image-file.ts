import { createHash } from "node:crypto";
import { printable } from "../kit/printable.js";

/** What the bytes of an application's image say, in the format of ESP-IDF (`esp_app_format.h`, `esp_app_desc.h`). */
export interface ImageFile {
  /** As Espressif writes it; a number where it is none that we know. */
  readonly chip: string;
  readonly segments: number;
  /** With checksum and hash, without a signature. */
  readonly byteLength: number;
  readonly isChecksumRight: boolean;
  /** SHA-256 of all before it, as it stands behind the checksum; undefined where there is none. */
  readonly hash: string | undefined;
  readonly isHashRight: boolean;
  readonly description: AppDescription | undefined;
}

/** What ESP-IDF's build writes of itself, at the start of the first segment. */
export interface AppDescription {
  readonly project: string;
  readonly version: string;
  readonly date: string;
  readonly time: string;
  readonly idfVersion: string;
}

/** The bytes are no image. The message says why, as what follows a file's name. */
export class ImageFormatError extends Error {
  override readonly name = "ImageFormatError";
}

/** As Espressif writes them, by the names of boards. */
export const chipNames = Object.freeze({
  esp32: "ESP32",
  esp32c3: "ESP32-C3",
  esp32s3: "ESP32-S3",
  esp32c6: "ESP32-C6",
});

/** By the number in an image's header. */
const chipNumbers: ReadonlyMap<number, string> = new Map([
  [0x00, chipNames.esp32],
  [0x05, chipNames.esp32c3],
  [0x09, chipNames.esp32s3],
  [0x0d, chipNames.esp32c6],
]);

const imageMagic = 0xe9;
const headerByteLength = 24;
const segmentHeaderByteLength = 8;
const mostSegments = 16;
const blockByteLength = 16;
const checksumStart = 0xef;
const hashByteLength = 32;
const descriptionMagic = 0xabcd5432;
const descriptionByteLength = 256;

/** @throws {ImageFormatError} when the bytes are no image, or end too early. */
export function readImageFile(bytes: Buffer): ImageFile {
  if (bytes[0] !== imageMagic) throw new ImageFormatError("is no image: it does not begin with 0xE9");
  if (bytes.length < headerByteLength) throw cutOff();
  const segments = bytes.readUInt8(1);
  if (segments === 0 || segments > mostSegments)
    throw new ImageFormatError(`is no image: its header tells of ${segments} segments`);
  const { end, checksum } = walkSegments(bytes, segments);
  // The checksum is the last byte of a block.
  const checksumEnd = Math.ceil((end + 1) / blockByteLength) * blockByteLength;
  const hasHash = bytes.readUInt8(23) === 1;
  const byteLength = checksumEnd + (hasHash ? hashByteLength : 0);
  if (bytes.length < byteLength) throw cutOff();
  const hash = hasHash ? bytes.toString("hex", checksumEnd, byteLength) : undefined;
  const number = bytes.readUInt16LE(12);
  return {
    chip: chipNumbers.get(number) ?? `number ${number}`,
    segments,
    byteLength,
    isChecksumRight: bytes[checksumEnd - 1] === checksum,
    hash,
    isHashRight: hash === createHash("sha256").update(bytes.subarray(0, checksumEnd)).digest("hex"),
    description: descriptionIn(bytes.subarray(headerByteLength + segmentHeaderByteLength, end)),
  };
}

/** Where the last segment ends, and the exclusive or of all their bytes. */
function walkSegments(bytes: Buffer, segments: number): { readonly end: number; readonly checksum: number } {
  let end = headerByteLength;
  let checksum = checksumStart;
  for (let index = 0; index < segments; index++) {
    if (end + segmentHeaderByteLength > bytes.length) throw cutOff();
    const start = end + segmentHeaderByteLength;
    end = start + bytes.readUInt32LE(end + 4);
    if (end > bytes.length) throw cutOff();
    for (let position = start; position < end; position++) checksum ^= bytes[position] ?? 0;
  }
  return { end, checksum };
}

function descriptionIn(segment: Buffer): AppDescription | undefined {
  if (segment.length < descriptionByteLength || segment.readUInt32LE(0) !== descriptionMagic)
    return undefined;
  const text = (start: number, length: number): string =>
    printable(segment.toString("latin1", start, start + length).replace(/\0[^]*$/, ""));
  return {
    version: text(16, 32),
    project: text(48, 32),
    time: text(80, 16),
    date: text(96, 16),
    idfVersion: text(112, 32),
  };
}

function cutOff(): ImageFormatError {
  return new ImageFormatError("is cut off: it ends before its header says");
}
