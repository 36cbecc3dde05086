import { BlockCipher, Digest } from "crypt";

class Generator {
  static fill(target) {
    native("xs_tally_crypto_fillRandom").call(this, target);
  }
}

export class ChipCrypto {
  encryptAes128Block(key, block) {
    if (key.byteLength !== 16 || block.byteLength !== 16)
      throw new RangeError("key and block must be 16 bytes");
    // The SDK's cipher takes whole buffers only, not views of them.
    const cipher = new BlockCipher("AES", key.slice().buffer);
    return new Uint8Array(cipher.encrypt(block.slice().buffer));
  }

  sha256(message) {
    const digest = new Digest("SHA256");
    digest.write(message);
    return new Uint8Array(digest.close());
  }

  fillRandom(target) {
    if (target.byteLength > 256) throw new RangeError("target must hold at most 256 bytes");
    Generator.fill(target);
  }
}
