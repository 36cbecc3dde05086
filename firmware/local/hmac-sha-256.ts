import type { Crypto } from "../../hal/crypto.js";

const blockByteLength = 64;
const digestByteLength = 32;

/** RFC 2104 with SHA-256: 32 bytes. @throws {RangeError} when the key is longer than 64 bytes. */
export function hmacSha256(crypto: Pick<Crypto, "sha256">, key: Uint8Array, message: Uint8Array): Uint8Array {
  if (key.byteLength > blockByteLength) throw new RangeError(`a key has at most ${blockByteLength} bytes`);
  const inner = padded(key, 0x36, message);
  return crypto.sha256(padded(key, 0x5c, crypto.sha256(inner)));
}

/** Compares two digests in a time that does not tell where they differ. */
export function isSameDigest(one: Uint8Array, other: Uint8Array): boolean {
  if (one.byteLength !== digestByteLength || other.byteLength !== digestByteLength) return false;
  let difference = 0;
  for (let index = 0; index < digestByteLength; index++)
    difference |= (one[index] as number) ^ (other[index] as number);
  return difference === 0;
}

function padded(key: Uint8Array, pad: number, message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(blockByteLength + message.byteLength);
  for (let index = 0; index < blockByteLength; index++) bytes[index] = (key[index] ?? 0) ^ pad;
  bytes.set(message, blockByteLength);
  return bytes;
}
