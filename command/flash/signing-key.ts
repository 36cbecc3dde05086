import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileProblem } from "../kit/file-problem.js";
import { UsageError } from "../kit/usage-error.js";

const keyBits = 3072;
const remedy = "`espsecure generate-signing-key --version 2 FILE` of ESP-IDF makes one";

/**
 * The key that an image is to be signed with: RSA of 3072 bits, as secure boot V2 has it.
 * @throws {UsageError} when the file is no such key.
 */
export function readSigningKey(path: string): KeyObject {
  const key = parse(path, read(path));
  if (key.asymmetricKeyType !== "rsa" || key.asymmetricKeyDetails?.modulusLength !== keyBits)
    throw new UsageError(`${path}: secure boot takes an RSA key of ${keyBits} bits; ${remedy}`);
  return key;
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === "ENOENT" ? "there is no such key" : fileProblem(error);
    throw new UsageError(`${path}: ${problem}; ${remedy}`, { cause: error });
  }
}

function parse(path: string, bytes: Buffer): KeyObject {
  try {
    return createPrivateKey(bytes);
  } catch (error) {
    throw new UsageError(`${path}: this is no private key in PEM without a password; ${remedy}`, {
      cause: error,
    });
  }
}
