/** Images in the format that Espressif documents ("Firmware Image Format" of esptool, "Secure Boot V2" of ESP-IDF). */
import { constants, createHash, type KeyObject, sign } from "node:crypto";
import { crc32 } from "node:zlib";
import { firmwareVersion } from "../../../firmware/readings/readings.js";
import { legalChecksum } from "../../../sim/run/legal-checksum.js";

export interface ImageText {
  readonly chipNumber: number;
  readonly label: string;
  readonly hasHash: boolean;
}

/** What a build of this checkout holds. */
export function labelFor(product: string, board: string): string {
  return `tally-image:${product}:${board}:${firmwareVersion}:${legalChecksum()}`;
}

export const numbers = Object.freeze({ esp32: 0, esp32c3: 5, esp32s3: 9, esp32c6: 13 });

/** An application's image with a descriptor and two segments, the second of which has the label. */
export function imageBytes(text: Partial<ImageText> = {}): Buffer {
  const { chipNumber = numbers.esp32c6, label = labelFor("water", "esp32c6"), hasHash = true } = text;
  const header = Buffer.alloc(24);
  header.set([0xe9, 2, 2, 0x20]);
  header.writeUInt32LE(0x4080_0000, 4);
  header.writeUInt16LE(chipNumber, 12);
  header[23] = hasHash ? 1 : 0;
  const segments = [descriptor(), Buffer.from(`\0names\0${label}\0more`, "latin1")];
  const body = Buffer.concat([header, ...segments.map(withHeader)]);
  const checksum = segments.reduce((sum, segment) => segment.reduce((all, byte) => all ^ byte, sum), 0xef);
  const padded = Buffer.concat([body, Buffer.alloc(16 - (body.length % 16))]);
  padded[padded.length - 1] = checksum;
  return hasHash ? Buffer.concat([padded, createHash("sha256").update(padded).digest()]) : padded;
}

function withHeader(segment: Buffer, index: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(0x4200_0020 + index * 0x1000, 0);
  header.writeUInt32LE(segment.length, 4);
  return Buffer.concat([header, segment]);
}

function descriptor(): Buffer {
  const bytes = Buffer.alloc(256);
  bytes.writeUInt32LE(0xabcd5432, 0);
  bytes.write("1.2", 16);
  bytes.write("xs_esp32", 48);
  bytes.write("08:09:10", 80);
  bytes.write("Nov 28 2026", 96);
  bytes.write("v6.0", 112);
  return bytes;
}

/** The image with a sector behind it that holds one signature by an RSA key of 3072 bits. */
export function signedBytes(image: Buffer, privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const signed = Buffer.concat([image, Buffer.alloc((4096 - (image.length % 4096)) % 4096, 0xff)]);
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const block = Buffer.alloc(1216);
  block.set([0xe7, 2]);
  createHash("sha256").update(signed).digest().copy(block, 4);
  reversed(n).copy(block, 36);
  reversed(e).copy(block, 420);
  Buffer.from(sign("sha256", signed, { key: privateKey, ...padding }))
    .reverse()
    .copy(block, 812);
  block.writeUInt32LE(crc32(block.subarray(0, 1196)), 1196);
  return Buffer.concat([signed, block, Buffer.alloc(4096 - block.length, 0xff)]);
}

/** A number of a JSON web key, its lowest byte first. */
function reversed(number: string): Buffer {
  return Buffer.from(number, "base64url").reverse();
}
