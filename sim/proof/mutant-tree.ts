import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mutant } from "./mutant.js";

/** A mutant no longer fits the source: it has to be written anew. */
export class StaleMutantError extends Error {
  override readonly name = "StaleMutantError";
}

/**
 * A copy of a compiled tree in a temporary folder, with the mutant's bug in it. The project itself stays as it is.
 */
export class MutantTree {
  readonly folder: string;

  /** @throws {StaleMutantError} unless the text to replace occurs exactly once. */
  constructor(tree: string, mutant: Mutant) {
    const { file, find, replace } = mutant;
    const source = requireFresh(tree, mutant);
    this.folder = mkdtempSync(join(tmpdir(), "tally-mutant-"));
    for (const part of ["drivers", "firmware", "hal", "sim"])
      cpSync(join(tree, part), join(this.folder, part), { recursive: true });
    writeFileSync(join(this.folder, "package.json"), '{ "type": "module" }');
    writeFileSync(
      join(this.folder, file),
      source.replace(find, () => replace),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * The source that `mutant` changes.
 * @throws {StaleMutantError} unless the text to replace occurs exactly once.
 */
export function requireFresh(tree: string, { name, file, find }: Mutant): string {
  const source = readFileSync(join(tree, file), "utf8");
  const occurrences = source.split(find).length - 1;
  if (occurrences === 1) return source;
  throw new StaleMutantError(
    `mutant ${name} is stale: its text occurs ${occurrences} times in ${file}, not once`,
  );
}
