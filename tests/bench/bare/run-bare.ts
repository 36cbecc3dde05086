import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { inWorkshop } from "../../../sim/engines/build/build-program.js";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import { rv32Compiler } from "../../../sim/engines/rv32/tools.js";
import { runMachine } from "./run-machine.js";

const run = promisify(execFile);

/**
 * Compiles a C program for RV32IMC, with no C library and nothing below it, runs it on an emulated machine that counts
 * instructions, and returns what it prints: a name and a value on each line.
 * @throws {Error} with one line when it does not come to its end.
 * @param inputs C files and objects; the first includes `bare.h` and defines `run`
 */
export async function runBare(
  inputs: readonly string[],
  includeFolders: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  return inWorkshop(async (workshop) => {
    const image = join(workshop, "image.elf");
    const bareFolder = join(projectFolder(), "tests", "bench", "bare");
    await run(rv32Compiler, [
      ...["-march=rv32imc_zicsr", "-mabi=ilp32", "-O2", "-std=gnu11", "-ffreestanding", "-Wall", "-Wextra"],
      ...[
        "-Werror",
        ...[bareFolder, ...includeFolders].flatMap((folder) => ["-I", folder]),
        ...inputs,
        "-nostdlib",
      ],
      ...["-Wl,--no-warn-rwx-segments", "-T", join(bareFolder, "bare.ld"), "-o", image],
    ]);
    const printed = await runMachine(image);
    return new Map(
      [...printed.matchAll(/^(\w+) (\w+)\r?$/gm)].map(([, name = "", value = ""]) => [name, value]),
    );
  });
}
