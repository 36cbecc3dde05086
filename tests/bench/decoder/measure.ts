import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { inWorkshop } from "../../../sim/engines/build/build-program.js";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import { rv32Compiler } from "../../../sim/engines/rv32/tools.js";
import { runBare } from "../bare/run-bare.js";

const run = promisify(execFile);

/** The chips that poll with a processor of this kind, by what their compiler is told. */
export const architectures = Object.freeze({
  rv32imc: "ULP-RISC-V of the ESP32-S3, ESP32-C3",
  rv32imac: "LP core of the ESP32-C6",
});
export type Architecture = keyof typeof architectures;
export type Optimisation = "-O2" | "-Os";

/** Counted instructions of one call, its call and return included. */
export interface DecoderCost {
  /** A poll that finds nothing new, with open contacts. */
  readonly idlePoll: number;
  /** The same with both contacts of a dual reed closed. */
  readonly idlePollBothClosed: number;
  /** The most that any poll takes in any state. */
  readonly worstPoll: number;
  /** The most that catching up takes, after however many polls. */
  readonly worstAdvance: number;
}

/** What the compiled decoder is made of. */
export interface DecoderObject {
  readonly textByteLength: number;
  /** Constants and variables outside the code. */
  readonly dataByteLength: number;
  /** What it would have to be linked with. */
  readonly undefinedSymbols: readonly string[];
  /** The instructions it uses, by name. */
  readonly mnemonics: ReadonlySet<string>;
}

const strict = ["-std=c11", "-ffreestanding", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"];
const core = (name: string): string => join(projectFolder(), "hal", "core", name);
const beside = (name: string): string => join(projectFolder(), "tests", "bench", "decoder", name);

/** Compiles the decoder as a chip's core does, every warning an error. @throws {Error} with the compiler's words. */
export async function inspectDecoder(
  architecture: Architecture,
  optimisation: Optimisation,
): Promise<DecoderObject> {
  return inWorkshop(async (folder) => {
    const object = join(folder, "decoder.o");
    await compile(architecture, optimisation, object);
    const [size, symbols, code] = await Promise.all([
      run("riscv64-unknown-elf-size", ["-A", object]),
      run("riscv64-unknown-elf-nm", ["--undefined-only", object]),
      run("riscv64-unknown-elf-objdump", ["-d", "--no-show-raw-insn", "-M", "no-aliases", object]),
    ]);
    const bytesOf = (section: RegExp): number =>
      [...size.stdout.matchAll(/^(\.\S+)\s+(\d+)/gm)]
        .filter(([, name = ""]) => section.test(name))
        .reduce((sum, [, , bytes]) => sum + Number(bytes), 0);
    return {
      textByteLength: bytesOf(/^\.text/),
      dataByteLength: bytesOf(/^\.s?(data|rodata|bss)/),
      undefinedSymbols: [...symbols.stdout.matchAll(/U (\S+)/g)].map(([, name = ""]) => name),
      mnemonics: new Set([...code.stdout.matchAll(/^\s+[0-9a-f]+:\s+(\S+)/gm)].map(([, name = ""]) => name)),
    };
  });
}

/** Counts on an emulated RV32IMC core, in every state that the decoder's paths depend on. */
export async function measureDecoder(optimisation: Optimisation): Promise<DecoderCost> {
  return inWorkshop(async (folder) => {
    const decoder = join(folder, "decoder.o");
    await compile("rv32imc", optimisation, decoder);
    const figures = await runBare(
      [beside("decoder-cost.c"), decoder],
      [join(projectFolder(), "hal", "core")],
    );
    const figure = (name: keyof DecoderCost): number => {
      const count = Number(figures.get(name));
      if (Number.isNaN(count)) throw new Error(`the emulated decoder did not tell its ${name}`);
      return count;
    };
    return {
      idlePoll: figure("idlePoll"),
      idlePollBothClosed: figure("idlePollBothClosed"),
      worstPoll: figure("worstPoll"),
      worstAdvance: figure("worstAdvance"),
    };
  });
}

async function compile(
  architecture: Architecture,
  optimisation: Optimisation,
  object: string,
): Promise<void> {
  const target = [`-march=${architecture}`, "-mabi=ilp32", optimisation];
  await run(rv32Compiler, [...target, ...strict, "-c", core("pulse-decoder.c"), "-o", object]);
}
