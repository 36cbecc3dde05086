/** The chip's cryptographic primitives. Protocols are built on top of them, in `firmware/`. */
export interface Crypto {
  /** FIPS 197: encrypts one 16-byte block with a 16-byte key. @throws {RangeError} on other lengths. */
  encryptAes128Block(key: Uint8Array, block: Uint8Array): Uint8Array;
  /** FIPS 180-4: the 32-byte digest of `message`. */
  sha256(message: Uint8Array): Uint8Array;
  /** Fills `target` (at most 256 bytes) from the hardware random number generator. */
  fillRandom(target: Uint8Array): void;
}
