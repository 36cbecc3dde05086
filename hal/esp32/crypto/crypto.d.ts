import type { Crypto } from "../../crypto.js";

/** AES-128 and SHA-256 of the SDK's `crypt` module, random numbers of the chip's generator. */
export class ChipCrypto implements Crypto {
  encryptAes128Block(key: Uint8Array, block: Uint8Array): Uint8Array;
  sha256(message: Uint8Array): Uint8Array;
  fillRandom(target: Uint8Array): void;
}
