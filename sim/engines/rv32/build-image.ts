import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  buildFolder,
  type BuildProgress,
  buildProgram,
  digest,
  inWorkshop,
  type Toolchain,
} from "../build/build-program.js";
import { sharedFolders } from "../build/engine-sources.js";
import { isKept, keep } from "../build/kept-file.js";
import { projectFolder } from "../build/project-folder.js";
import { firmwareModules, type ModuleSelection } from "../process/module-selection.js";
import { buildXsProgram } from "../xs/build-xs-program.js";
import { type Budget, chipBudget } from "./budget.js";
import { requireTools, rv32Compiler } from "./tools.js";

const run = promisify(execFile);

const ownFolder = (): string => join(projectFolder(), "sim", "engines", "rv32", "bare");

const toolchain = (constants: readonly string[]): Toolchain => ({
  compiler: rv32Compiler,
  flags: ["-mabi=ilp32", "--specs=picolibc.specs", "-O2"],
  // QEMU has the counters that the control and status registers are for; the C library comes without that name.
  compileFlags: ["-march=rv32imc_zicsr", "-ffunction-sections", "-fdata-sections"],
  linkFlags: [
    "-Wl,--no-warn-rwx-segments",
    "-Wl,--wrap=gxDefaults",
    "-march=rv32imc",
    "-nostartfiles",
    ...constants,
    "-lm",
  ],
  remedy: "",
});

export interface ImageOptions extends Budget {
  /** Samples are taken each so many times 100 instructions, beside those that are counted; 0 for no samples. */
  readonly profileTicks: number;
}

export const chipImage: ImageOptions = Object.freeze({ ...chipBudget, profileTicks: 0 });

/** What there is to run and to measure. */
export interface Rv32Image {
  /** Of the ELF file. */
  readonly path: string;
  /** Of the file with the modules' bytecode, which the image contains. */
  readonly bytecodePath: string;
}

/**
 * Builds the image of an RV32 machine with the engine and the modules as bytecode, unless that has been done before.
 * @throws {Error} with one line when a tool is missing or a module can't be compiled.
 */
export async function buildImage(
  modules: ModuleSelection = firmwareModules(),
  options: ImageOptions = chipImage,
  onProgress?: BuildProgress,
): Promise<Rv32Image> {
  await requireTools();
  const bytecodePath = await compileModules(modules, onProgress);
  const program = {
    name: "tally-rv32.elf",
    title: "the RV32 image",
    toolchain: toolchain(constantsOf(options)),
    folders: [ownFolder(), ...sharedFolders()],
    linked: [
      { flags: ["-Wl,--format=binary"], file: bytecodePath },
      { flags: ["-Wl,--format=default", "-T"], file: join(ownFolder(), "image.ld") },
    ],
  };
  return { path: await buildProgram(program, onProgress), bytecodePath };
}

/** Constants that the C of the image takes as symbols, so that another budget only takes another link. */
function constantsOf({ slots, chunkBytes, stackSlots, profileTicks }: ImageOptions): string[] {
  const constants = {
    budgetSlots: slots,
    budgetChunkBytes: chunkBytes,
    budgetStackSlots: stackSlots,
    profileTicks,
  };
  return Object.entries(constants).map(([name, value]) => `-Wl,--defsym=${name}=${value}`);
}

/** The XS program of the desktop has the compiler; the byte order and the width of symbols are the same on RV32. */
async function compileModules({ moduleFolder, rootModule }: ModuleSelection, onProgress?: BuildProgress) {
  const program = await buildXsProgram(onProgress);
  return inWorkshop(async (workshop) => {
    const made = join(workshop, "modules.bin");
    try {
      await run(program, [moduleFolder, rootModule, made]);
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      throw new Error(stderr?.trim() ?? String(error), { cause: error });
    }
    const folder = join(buildFolder("modules"), digest(createHash("sha256").update(await readFile(made))));
    const path = join(folder, "modules.bin");
    if (!isKept(path)) await keep(made, path);
    return path;
  });
}
