/** As much of the SDK's module `crypt` as `hal/esp32/crypto` uses, with its ways: results are whole buffers. */
declare function native(name: "xs_sdk_sha256" | "xs_sdk_aes128"): (...buffers: unknown[]) => ArrayBuffer;

export class BlockCipher {
  #key: ArrayBuffer;

  constructor(name: string, key: ArrayBuffer) {
    if (name !== "AES" || !(key instanceof ArrayBuffer))
      throw new TypeError("AES with a whole buffer as its key");
    this.#key = key;
  }

  encrypt(block: ArrayBuffer): ArrayBuffer {
    return native("xs_sdk_aes128")(this.#key, block);
  }
}

export class Digest {
  #message = new Uint8Array(0);

  constructor(name: string) {
    if (name !== "SHA256") throw new TypeError("SHA256 only");
  }

  write(bytes: Uint8Array): void {
    const longer = new Uint8Array(this.#message.length + bytes.length);
    longer.set(this.#message);
    longer.set(bytes, this.#message.length);
    this.#message = longer;
  }

  close(): ArrayBuffer {
    return native("xs_sdk_sha256")(this.#message);
  }
}
