import { readFileSync } from "node:fs";
import { boards } from "../../manifests/boards/boards.js";
import { ExitCode } from "../kit/failures.js";
import { fileProblem } from "../kit/file-problem.js";
import { countText } from "../kit/quantities.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";
import { chipNames, type ImageFile, ImageFormatError, readImageFile } from "./image-file.js";
import { findLabel, type ImageLabel, labelDifference } from "./image-label.js";
import { type ImageSignature, readSignature } from "./image-signature.js";
import type { ShowRequest } from "./show-command.js";

const nameColumns = 16;

/**
 * `tally image show`.
 * @throws {UsageError} when there is no such image, or it is another than it must be.
 */
export function runShow(
  { file, board, product }: ShowRequest,
  { output }: Pick<Surroundings, "output">,
): ExitCode {
  const bytes = read(file);
  const image = readAs(file, bytes);
  const label = findLabel(bytes.subarray(0, image.byteLength));
  if (!label)
    throw new UsageError(
      `${file} has no label of Tally: give an image that \`tally flash\` or \`tally image\` built`,
    );
  const difference = labelDifference(label, {
    ...(board ? { board: board.name } : {}),
    ...(product ? { product: product.name } : {}),
  });
  const chip = boards.find(({ name }) => name === label.board)?.name;
  if (chip !== undefined && image.chip !== chipNames[chip])
    throw new UsageError(
      `${file} is for chip ${image.chip}, though its label names board ${label.board}: build it with \`tally flash\``,
    );
  if (difference !== undefined) throw new UsageError(`${file} ${difference}: build it with \`tally flash\``);
  const signature = readSignature(bytes, image.byteLength);
  for (const [name, value] of rowsOf(image, label, signature, bytes.length))
    output.write(`${name.padEnd(nameColumns)}${value}\n`);
  const isWhole = image.isChecksumRight && (image.hash === undefined || image.isHashRight);
  return isWhole && signature?.problem === undefined ? ExitCode.success : ExitCode.failure;
}

/** What there is to say of an image, by its names. */
export function rowsOf(
  image: ImageFile,
  label: ImageLabel,
  signature: ImageSignature | undefined,
  byteLength: number,
): (readonly [name: string, value: string])[] {
  const { chip, segments, isChecksumRight, hash, isHashRight, description } = image;
  return [
    ["chip", chip],
    ["product", label.product],
    ["board", label.board],
    ["version", label.version],
    ["legal checksum", label.checksum],
    ["size", `${countText(byteLength)} bytes, ${segments} segments`],
    ["checksum", isChecksumRight ? "right" : "WRONG: the image is damaged"],
    // A meter tells it, and the factory's station compares it.
    [
      "image hash",
      hash === undefined ? "none" : `${hash}${isHashRight ? "" : "  WRONG: the image is damaged"}`,
    ],
    ["signature", signatureText(signature)],
    [
      "descriptor",
      description
        ? `${description.project} ${description.version}, ${description.date} ${description.time}, ESP-IDF ${description.idfVersion}`
        : "none",
    ],
  ];
}

function signatureText(signature: ImageSignature | undefined): string {
  if (!signature) return "none: not sealed";
  const { scheme, keyDigest, problem } = signature;
  if (problem !== undefined) return `WRONG: ${problem}`;
  return scheme === "RSA-3072"
    ? `RSA-3072, right; key ${keyDigest}`
    : `ECDSA, of this image, its numbers not checked; key ${keyDigest}`;
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${file}: ${fileProblem(error)}`, { cause: error });
  }
}

function readAs(file: string, bytes: Buffer): ImageFile {
  try {
    return readImageFile(bytes);
  } catch (error) {
    if (error instanceof ImageFormatError) throw new UsageError(`${file} ${error.message}`, { cause: error });
    throw error;
  }
}
