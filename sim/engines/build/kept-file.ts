import { createHash } from "node:crypto";
import { accessSync, constants, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/*
 * What a build keeps is used for as long as its sources stay the same. A disk that was full, or a copy that was cut off,
 * leaves a file of the right name all the same: beside each file lies the digest of what it was when it was made.
 */

/** Puts a file in its place, as a whole, with its digest beside it. */
export async function keep(made: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const digest = digestOf(made);
  await rename(made, path);
  await writeFile(digestPath(path), digest);
}

/** Whether a file is there as it was made; of a program, whether it may be run, too. */
export function isKept(path: string, mode = constants.R_OK): boolean {
  try {
    accessSync(path, mode);
    return readFileSync(digestPath(path), "utf8") === digestOf(path);
  } catch {
    return false;
  }
}

function digestPath(path: string): string {
  return `${path}.sha256`;
}

function digestOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
