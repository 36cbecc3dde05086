import type { KeyObject } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { findLabel, type ImageLabel, labelDifference } from "./image-label.js";
import { ImageFormatError, readImageFile } from "./image-file.js";
import type { ImagePlaces } from "./image-places.js";
import { type ImageSignature, readSignature } from "./image-signature.js";

export interface Expectation {
  /** File times from this on are new. */
  readonly sinceMilliseconds: number;
  readonly label: ImageLabel;
  /** As Espressif writes it. */
  readonly chip: string;
  /** The private key that signs it; undefined where nobody signs it. */
  readonly signingKey: KeyObject | undefined;
}

/**
 * Whether a build has left the image that it should: the SDK's target ends well whatever ESP-IDF's build did, and
 * copies what lies there.
 * @returns what is wrong, in one line; undefined when nothing is.
 */
export function builtImageProblem({ built, copied }: ImagePlaces, expected: Expectation): string | undefined {
  for (const path of [built, copied])
    if (!existsSync(path)) return `the build has left no image at ${path}: ESP-IDF's part of it failed`;
  if (statSync(built).mtimeMs < expected.sinceMilliseconds)
    return `${built} is older than this build: ESP-IDF's part of it failed`;
  const bytes = readFileSync(copied);
  if (!bytes.equals(readFileSync(built))) return `${copied} is not what ESP-IDF's build made`;
  const problem = imageProblem(bytes, expected);
  return problem === undefined ? undefined : `${copied} ${problem}`;
}

function imageProblem(bytes: Buffer, { label, chip, signingKey }: Expectation): string | undefined {
  try {
    const image = readImageFile(bytes);
    const found = findLabel(bytes.subarray(0, image.byteLength));
    if (!found) return "has no label of Tally: it was not built from these manifests";
    const difference = labelDifference(found, label);
    if (difference !== undefined) return difference;
    if (image.chip !== chip) return `is for chip ${image.chip}, not for ${chip}`;
    if (!image.isChecksumRight || (image.hash !== undefined && !image.isHashRight)) return "is damaged";
    const signature = readSignature(bytes, image.byteLength);
    if (signingKey && !signature) return "is not signed, though a key was given";
    return signature?.problem ?? (signature && signingKey && otherKey(signature, signingKey));
  } catch (error) {
    if (error instanceof ImageFormatError) return error.message;
    throw error;
  }
}

function otherKey({ modulus, keyDigest }: ImageSignature, signingKey: KeyObject): string | undefined {
  if (signingKey.export({ format: "jwk" }).n === modulus) return undefined;
  return `is signed with another key than was given: with that of digest ${keyDigest}`;
}
