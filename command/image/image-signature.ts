import { constants, createHash, createPublicKey, verify } from "node:crypto";
import { crc32 } from "node:zlib";

/** What stands behind an image for secure boot V2 (ESP-IDF, `rom/secure_boot.h`). */
export interface ImageSignature {
  readonly scheme: "RSA-3072" | "ECDSA" | "unknown";
  /** SHA-256 of the public key, as the chip's eFuses hold it; empty where the scheme is unknown. */
  readonly keyDigest: string;
  /** Modulus of an RSA key, as a JSON web key has it; empty for any other. */
  readonly modulus: string;
  /** What is wrong with it, in words; undefined when the image is the one that was signed. */
  readonly problem: string | undefined;
}

const sectorByteLength = 4096;
const magic = 0xe7;
/** By the block's version. */
const schemes = Object.freeze({ 2: "RSA-3072", 3: "ECDSA" } as const);
const digestStart = 4;
const keyStart = 36;
/** Modulus, exponent and two numbers that follow from them. */
const rsaKeyEnd = keyStart + 384 + 4 + 384 + 4;
const signatureByteLength = 384;
/** Curve and point. */
const ecdsaKeyEnd = keyStart + 65;
const checksumStart = 1196;

/**
 * The signature of an image: nothing else may stand behind it.
 * @param byteLength of the image without it
 * @returns undefined when there is none.
 */
export function readSignature(bytes: Buffer, byteLength: number): ImageSignature | undefined {
  const start = Math.ceil(byteLength / sectorByteLength) * sectorByteLength;
  if (bytes.length === byteLength) return undefined;
  if (bytes.length !== start + sectorByteLength) {
    const more = bytes.length - byteLength;
    return unknown(
      `${more} bytes stand behind the image that are no signature: the file is cut off, or more than an image`,
    );
  }
  const block = bytes.subarray(start);
  const version = block[1];
  if (block[0] !== magic || (version !== 2 && version !== 3))
    return unknown("what stands behind the image is no signature of secure boot V2");
  const key = block.subarray(keyStart, version === 2 ? rsaKeyEnd : ecdsaKeyEnd);
  return {
    scheme: schemes[version],
    keyDigest: createHash("sha256").update(key).digest("hex"),
    modulus: version === 2 ? modulusOf(block) : "",
    problem: problemOf(bytes.subarray(0, start), block, version),
  };
}

function unknown(problem: string): ImageSignature {
  return { scheme: "unknown", keyDigest: "", modulus: "", problem };
}

function problemOf(signed: Buffer, block: Buffer, version: 2 | 3): string | undefined {
  if (crc32(block.subarray(0, checksumStart)) !== block.readUInt32LE(checksumStart))
    return "the signature's block is damaged";
  const digest = createHash("sha256").update(signed).digest();
  if (!digest.equals(block.subarray(digestStart, digestStart + digest.length)))
    return "the image is not the one that was signed";
  return version === 2 && !isRsaRight(signed, block) ? "the signature is not of its key" : undefined;
}

/** Numbers stand in the block with their lowest byte first. */
function isRsaRight(signed: Buffer, block: Buffer): boolean {
  const exponent = numberAt(block, keyStart + 384, 4).toString("base64url");
  const key = createPublicKey({ key: { kty: "RSA", n: modulusOf(block), e: exponent }, format: "jwk" });
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return verify("sha256", signed, { key, ...padding }, numberAt(block, rsaKeyEnd, signatureByteLength));
}

function modulusOf(block: Buffer): string {
  return numberAt(block, keyStart, 384).toString("base64url");
}

function numberAt(block: Buffer, start: number, length: number): Buffer {
  return Buffer.from(block.subarray(start, start + length)).reverse();
}
