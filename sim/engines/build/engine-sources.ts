import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { projectFolder } from "./project-folder.js";

/** The engine's own snapshots call for a feature of the build that we don't use: saving the arena replaces them. */
const leftOut = new Set(["xsSnapshot.c"]);

const engineFolder = join(
  dirname(createRequire(import.meta.url).resolve("@moddable/runtime/package.json")),
  "moddable",
  "xs",
);

/** What every file needs that is compiled with the engine or for it; `platform.h` is ours. */
export const engineFlags: readonly string[] = Object.freeze([
  "-std=gnu11",
  "-fno-common",
  "-DINCLUDE_XSPLATFORM",
  '-DXSPLATFORM="platform.h"',
  // Compile and run scripts; no prints; overflows of the slot stack are found; -0 as ECMAScript has it.
  ...["mxParse", "mxRun", "mxNoConsole", "mxBoundsCheck", "mxMinusZero"].map((name) => `-D${name}=1`),
  ...["includes", "platforms", "sources"].flatMap((name) => ["-isystem", join(engineFolder, name)]),
]);

/** The engine's C files in the package `@moddable/runtime`, the largest first, so that the last job is a short one. */
export function engineSources(): string[] {
  const folder = join(engineFolder, "sources");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".c") && !leftOut.has(name))
    .map((name) => ({ path: join(folder, name), byteLength: statSync(join(folder, name)).size }))
    .sort((one, other) => other.byteLength - one.byteLength)
    .map(({ path }) => path);
}

/** Our C around the engine that every program has: the machine, the line to the simulator, the pulse decoder. */
export function sharedFolders(): string[] {
  return [join(projectFolder(), "sim", "engines", "program"), join(projectFolder(), "hal", "core")];
}
