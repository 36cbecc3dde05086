import { createHash, generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { readSignature } from "../../../command/image/image-signature.js";
import { imageBytes, signedBytes } from "./image-bytes.js";

const image = imageBytes();
const sector = 4096;
let signed: Buffer;

beforeAll(() => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
  signed = signedBytes(image, privateKey, publicKey);
});

function changed(position: number): Buffer {
  const bytes = Buffer.from(signed);
  bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
  return bytes;
}

describe("a signature for secure boot", () => {
  it("is right for the image that was signed", () => {
    expect(readSignature(signed, image.length)).toMatchObject({ scheme: "RSA-3072", problem: undefined });
  });

  it("has the key's digest, as eFuses hold it", () => {
    const key = signed.subarray(sector + 36, sector + 36 + 776);
    expect(readSignature(signed, image.length)?.keyDigest).toBe(
      createHash("sha256").update(key).digest("hex"),
    );
  });

  it("is not of an image that was changed", () => {
    expect(readSignature(changed(100), image.length)?.problem).toBe(
      "the image is not the one that was signed",
    );
  });

  it("that was changed is damaged", () => {
    expect(readSignature(changed(sector + 900), image.length)?.problem).toBe(
      "the signature's block is damaged",
    );
  });

  it("by another key than it names is told as that", () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const other = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const forged = signedBytes(image, other.privateKey, publicKey);
    expect(readSignature(forged, image.length)?.problem).toBe("the signature is not of its key");
  });

  it("is not there behind an image without one", () => {
    expect(readSignature(image, image.length)).toBeUndefined();
  });
});
