import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { projectFolder } from "../engines/build/project-folder.js";

/**
 * The sources of all that the register depends on (WELMEC 7.2, extension S): the legally relevant part with its bytes,
 * the pulse counter's driver and the decoder that runs in the chip's low-power domain.
 */
export const legalFolders: readonly string[] = Object.freeze([
  "drivers/pulse-counter",
  "firmware/legal",
  "hal/base",
  "hal/core",
]);

/**
 * The legally relevant sources of a checkout, by their paths from its folder: every file that stands there, whatever it is
 * called, for a compiler may be told to read any.
 */
export function legalSources(project = projectFolder()): ReadonlyMap<string, Uint8Array> {
  const sources = new Map<string, Uint8Array>();
  for (const folder of legalFolders)
    for (const entry of readdirSync(join(project, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) continue;
      const path = join(entry.parentPath, entry.name);
      sources.set(relative(project, path).split(sep).join(posix.sep), readFileSync(path));
    }
  return sources;
}

/** SHA-256 over the paths and contents of sources, in the order of their paths: 64 hexadecimal digits. */
export function checksumOf(sources: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash("sha256");
  for (const [path, content] of [...sources].sort(([one], [other]) => (one < other ? -1 : 1)))
    hash.update(`${path} ${content.byteLength}\n`).update(content);
  return hash.digest("hex");
}

let known: string | undefined;

/** That of this checkout's legally relevant sources, as a meter tells it; computed once. */
export function legalChecksum(): string {
  known ??= checksumOf(legalSources());
  return known;
}
