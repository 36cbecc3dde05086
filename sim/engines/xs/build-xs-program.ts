import { join } from "node:path";
import { type BuildProgress, buildProgram, type Toolchain } from "../build/build-program.js";
import { sharedFolders } from "../build/engine-sources.js";
import { projectFolder } from "../build/project-folder.js";

/** The C compiler of this computer. */
const toolchain = (): Toolchain => ({
  compiler: process.env["CC"] ?? "cc",
  flags: ["-O2"],
  compileFlags: [],
  linkFlags: ["-lm"],
  remedy: "no C compiler: install one, on Debian: apt-get install gcc libc6-dev",
});

/**
 * Builds the XS program, unless that has been done before.
 * @returns the path of the executable.
 * @throws {Error} with one line when there is no C compiler or it fails.
 */
export function buildXsProgram(onProgress?: BuildProgress): Promise<string> {
  const own = join(projectFolder(), "sim", "engines", "xs", "desktop");
  const program = {
    name: "tally-xs",
    title: "the XS program",
    toolchain: toolchain(),
    folders: [own, ...sharedFolders()],
    linked: [],
  };
  return buildProgram(program, onProgress);
}
