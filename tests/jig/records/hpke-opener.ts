import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman } from "node:crypto";

/** What a recipient of HPKE gets: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. */
export interface Sealed {
  readonly encapsulated: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly info: Uint8Array;
  readonly context: Uint8Array;
}

const kemSuite = Buffer.concat([Buffer.from("KEM"), integer(0x0020)]);
const hpkeSuite = Buffer.concat([Buffer.from("HPKE"), integer(0x0020), integer(0x0001), integer(0x0001)]);

/**
 * Opens a first message as RFC 9180 tells it, with Node's own primitives: apart from the library that sealed it.
 * @param privateKey raw, 32 bytes
 */
export function openSealed(privateKey: Uint8Array, sealed: Sealed): Buffer {
  const secret = decapsulate(privateKey, sealed.encapsulated);
  const none = Buffer.alloc(0);
  const context = Buffer.concat([
    Buffer.from([0]),
    extract(hpkeSuite, none, "psk_id_hash", none),
    extract(hpkeSuite, none, "info_hash", sealed.info),
  ]);
  const keySecret = extract(hpkeSuite, secret, "secret", none);
  const key = expand(hpkeSuite, keySecret, "key", context, 16);
  const nonce = expand(hpkeSuite, keySecret, "base_nonce", context, 12);
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAAD(sealed.context);
  decipher.setAuthTag(sealed.ciphertext.slice(-16));
  return Buffer.concat([decipher.update(sealed.ciphertext.slice(0, -16)), decipher.final()]);
}

/** Section 4.1, Decap. */
function decapsulate(privateKey: Uint8Array, encapsulated: Uint8Array): Buffer {
  const own = createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b656e04220420", "hex"), privateKey]),
    format: "der",
    type: "pkcs8",
  });
  const ephemeral = createPublicKey({
    key: Buffer.concat([Buffer.from("302a300506032b656e032100", "hex"), encapsulated]),
    format: "der",
    type: "spki",
  });
  const ownPublic = createPublicKey(own).export({ format: "der", type: "spki" }).subarray(-32);
  const shared = diffieHellman({ privateKey: own, publicKey: ephemeral });
  const secret = extract(kemSuite, Buffer.alloc(0), "eae_prk", shared);
  return expand(kemSuite, secret, "shared_secret", Buffer.concat([encapsulated, ownPublic]), 32);
}

/** Section 4, LabeledExtract. */
function extract(suite: Uint8Array, salt: Uint8Array, label: string, material: Uint8Array): Buffer {
  const labelled = Buffer.concat([Buffer.from("HPKE-v1"), suite, Buffer.from(label), material]);
  return createHmac("sha256", salt).update(labelled).digest();
}

/** Section 4, LabeledExpand, of at most one block. */
function expand(
  suite: Uint8Array,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Buffer {
  const labelled = [integer(length), Buffer.from("HPKE-v1"), suite, Buffer.from(label), context];
  const block = Buffer.concat([...labelled, Buffer.from([1])]);
  return createHmac("sha256", secret).update(block).digest().subarray(0, length);
}

function integer(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
