import { createHash, createPublicKey, type KeyObject, type webcrypto } from "node:crypto";
import { Aes128Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import type { WrappedKeys } from "./entry.js";
import { RecordsError } from "./records-error.js";

/** Binds what is wrapped to its purpose: the `info` of RFC 9180, section 5.1. */
export const wrappingInfo = new TextEncoder().encode("tally jig unit keys 1");

/** HPKE in base mode (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. */
function suite(): CipherSuite {
  return new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  });
}

/** Wraps what only the head-end may read. The station itself can't open it again. */
export class KeyWrapping {
  /** SHA-256 of the raw public key, hexadecimal. */
  readonly recipient: string;
  #rawPublicKey: Uint8Array;

  /**
   * @param pem the head-end's public key, X25519, as `openssl pkey -pubout` writes it
   * @param name what messages call it, such as its file
   * @throws {RecordsError} when it is no such key.
   */
  constructor(pem: string, name: string) {
    this.#rawPublicKey = rawX25519(pem, name);
    this.recipient = createHash("sha256").update(this.#rawPublicKey).digest("hex");
  }

  /** @param context is authenticated, not hidden; the same is needed to open it. */
  async wrap(plain: Uint8Array, context: string): Promise<WrappedKeys> {
    const hpke = suite();
    const recipientPublicKey = (await hpke.kem.deserializePublicKey(
      this.#rawPublicKey,
    )) as webcrypto.CryptoKey;
    const sender = await hpke.createSenderContext({ recipientPublicKey, info: wrappingInfo });
    const ciphertext = await sender.seal(plain, new TextEncoder().encode(context));
    return {
      recipient: this.recipient,
      encapsulated: Buffer.from(sender.enc).toString("base64"),
      ciphertext: Buffer.from(ciphertext).toString("base64"),
    };
  }
}

/** The context that a unit's keys are bound to. */
export function keyContext(keyId: string, hardwareId: string): string {
  return `${keyId} ${hardwareId}`;
}

function rawX25519(pem: string, name: string): Uint8Array {
  if (pem.includes("PRIVATE KEY"))
    throw new RecordsError(
      "key",
      `${name} holds a private key, which belongs to the head-end alone; give its public half ` +
        "(openssl pkey -pubout)",
    );
  const key = parsedKey(pem, name);
  const x = key.asymmetricKeyType === "x25519" ? key.export({ format: "jwk" }).x : undefined;
  if (x === undefined)
    throw new RecordsError(
      "key",
      `${name}: expected an X25519 key, this is ${key.asymmetricKeyType ?? "none"}`,
    );
  return new Uint8Array(Buffer.from(x, "base64url"));
}

function parsedKey(pem: string, name: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch (cause) {
    throw new RecordsError(
      "key",
      `${name} holds no public key in PEM; make one with \`openssl genpkey -algorithm X25519 -out private.pem\` ` +
        "and `openssl pkey -in private.pem -pubout`",
      cause,
    );
  }
}
