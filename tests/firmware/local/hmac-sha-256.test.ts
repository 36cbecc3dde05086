import { describe, expect, it } from "@jest/globals";
import { hmacSha256, isSameDigest } from "../../../firmware/local/hmac-sha-256.js";
import { FakeCrypto } from "../fake-hardware.js";

const crypto = new FakeCrypto("hmac");

/** RFC 4231, section 4, test cases 1 to 4: key, data and digest in hexadecimal. */
const vectors = [
  ["0b".repeat(20), "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
  [
    "4a656665",
    "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  ],
  ["aa".repeat(20), "dd".repeat(50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"],
  [
    "0102030405060708090a0b0c0d0e0f10111213141516171819",
    "cd".repeat(50),
    "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
  ],
] as const;

const bytesOf = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, "hex"));

describe("HMAC-SHA-256", () => {
  it.each(vectors)("gives RFC 4231's digest under the key %s", (key, data, digest) => {
    expect(hmacSha256(crypto, bytesOf(key), bytesOf(data))).toEqual(bytesOf(digest));
  });

  it("takes no key longer than a block", () => {
    expect(() => hmacSha256(crypto, new Uint8Array(65), new Uint8Array(0))).toThrow(RangeError);
  });
});

describe("comparing digests", () => {
  const digest = Uint8Array.from({ length: 32 }, (_, index) => index);

  it("finds every difference", () => {
    expect(isSameDigest(digest, digest.slice())).toBe(true);
    for (let index = 0; index < 32; index++) {
      const other = digest.slice();
      other[index] = 0x80 | index;
      expect(isSameDigest(digest, other)).toBe(false);
    }
  });

  it("calls nothing the same that is shorter or longer", () => {
    for (const length of [0, 31, 33])
      expect(isSameDigest(new Uint8Array(length), new Uint8Array(length))).toBe(false);
  });
});
