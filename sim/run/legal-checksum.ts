import { createHash } from "node:crypto";
import { type Dirent, readdirSync, readFileSync } from "node:fs";
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

/** What stands in a legal folder can't be counted in the checksum. The message is one line and says what to do. */
export class LegalSourceError extends Error {
  override readonly name = "LegalSourceError";
}

/** Of what is compiled there or explains it, as opposed to what an editor, a merge or a tool leaves behind. */
const sourceEndings: readonly string[] = Object.freeze([".ts", ".c", ".h", ".md"]);
const carriageReturn = 0x0d;

/**
 * The legally relevant sources of a checkout, by their paths from its folder: every file that stands there, for a compiler
 * may be told to read any.
 * @throws {LegalSourceError} for one that is no source, and for one whose line ends are not those of the repository: with
 * them the same sources would have several checksums.
 */
export function legalSources(project = projectFolder()): ReadonlyMap<string, Uint8Array> {
  const sources = new Map<string, Uint8Array>();
  for (const folder of legalFolders)
    for (const entry of readdirSync(join(project, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) continue;
      const path = join(entry.parentPath, entry.name);
      const name = relative(project, path).split(sep).join(posix.sep);
      if (!isSource(entry))
        throw new LegalSourceError(
          `${name} is no source, and stands among those of the legal checksum: remove it`,
        );
      const content = readFileSync(path);
      if (content.includes(carriageReturn))
        throw new LegalSourceError(
          `${name} has line ends with CR, and the legal checksum is over LF alone: ` +
            `restore it with \`rm ${name}\` and \`git checkout ${name}\`, or have your editor write LF`,
        );
      sources.set(name, content);
    }
  return sources;
}

/** A hidden name, such as that of an editor's lock, is none, whatever it ends with; nor is a link. */
function isSource(entry: Dirent): boolean {
  return (
    entry.isFile() &&
    !entry.name.startsWith(".") &&
    sourceEndings.some((ending) => entry.name.endsWith(ending))
  );
}

/** SHA-256 over the paths and contents of sources, in the order of their paths: 64 hexadecimal digits. */
export function checksumOf(sources: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash("sha256");
  for (const [path, content] of [...sources].sort(([one], [other]) => (one < other ? -1 : 1)))
    hash.update(`${path} ${content.byteLength}\n`).update(content);
  return hash.digest("hex");
}

let known: string | undefined;

/** That of this checkout's legally relevant sources, as a meter tells it; computed once. Throws as `legalSources`. */
export function legalChecksum(): string {
  known ??= checksumOf(legalSources());
  return known;
}
