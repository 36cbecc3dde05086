import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "@jest/globals";

import { KeyWrapping, keyContext } from "../../../jig/records/key-wrapping.js";
import { openSealed } from "./hpke-opener.js";
import { headEnd, unwrap } from "./records-fixture.js";

describe("wrapping keys for the head-end", () => {
  const wrapping = new KeyWrapping(headEnd.publicKey, "head-end.pem");
  const plain = new Uint8Array(48).map((_, index) => index);
  const context = keyContext("key-1", "hw-1");

  // RFC 9180, appendix A.1.1.1, the first encryption.
  it("is tested by an opener that opens the standard's own example", () => {
    const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");
    const opened = openSealed(bytes("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"), {
      encapsulated: bytes("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"),
      ciphertext: bytes(
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
      ),
      info: bytes("4f6465206f6e2061204772656369616e2055726e"),
      context: bytes("436f756e742d30"),
    });
    expect(opened.toString()).toBe("Beauty is truth, truth beauty");
  });

  it("gives what the head-end's private key opens", async () => {
    expect(new Uint8Array(unwrap(await wrapping.wrap(plain, context), context))).toEqual(plain);
  });

  it("binds the keys to their id and their unit", async () => {
    const wrapped = await wrapping.wrap(plain, context);
    expect(() => unwrap(wrapped, keyContext("key-1", "hw-2"))).toThrow();
    expect(() => unwrap(wrapped, keyContext("key-2", "hw-1"))).toThrow();
  });

  it("gives other text each time, and none of the keys", async () => {
    const [one, two] = [await wrapping.wrap(plain, context), await wrapping.wrap(plain, context)];
    expect(one.ciphertext).not.toBe(two.ciphertext);
    expect(one.encapsulated).not.toBe(two.encapsulated);
    expect(Buffer.from(one.ciphertext, "base64").includes(Buffer.from(plain.slice(0, 8)))).toBe(false);
  });

  it("refuses the head-end's private key", () => {
    expect(() => new KeyWrapping(headEnd.privateKey, "head-end.pem")).toThrow(
      "head-end.pem holds a private key, which belongs to the head-end alone; give its public half " +
        "(openssl pkey -pubout)",
    );
  });

  it("refuses another kind of key, and what is no key", () => {
    const { publicKey } = generateKeyPairSync("ed25519", {
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    expect(() => new KeyWrapping(publicKey, "key.pem")).toThrow(
      "key.pem: expected an X25519 key, this is ed25519",
    );
    expect(() => new KeyWrapping("nonsense", "key.pem")).toThrow(
      /key.pem holds no public key in PEM; make one/,
    );
  });
});
