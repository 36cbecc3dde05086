import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export const rv32Compiler = "riscv64-unknown-elf-gcc";
export const rv32Emulator = "qemu-system-riscv32";

interface Tool {
  readonly name: string;
  readonly package: string;
  readonly command: readonly [program: string, ...options: string[]];
}

/** What is needed to build an image and to run it, with Debian's package of each. */
const tools: readonly Tool[] = Object.freeze([
  { name: rv32Compiler, package: "gcc-riscv64-unknown-elf", command: [rv32Compiler, "--version"] },
  {
    name: "picolibc for RV32",
    package: "picolibc-riscv64-unknown-elf",
    command: [rv32Compiler, "--specs=picolibc.specs", "--version"],
  },
  { name: rv32Emulator, package: "qemu-system-misc", command: [rv32Emulator, "--version"] },
]);

/** One line that says what to install; undefined when everything is there. */
export async function missingRv32Tools(): Promise<string | undefined> {
  const found = await Promise.all(tools.map(isThere));
  const missing = tools.filter((_, index) => !found[index]);
  if (missing.length === 0) return undefined;
  const names = missing.map(({ name }) => `no ${name}`).join(", ");
  return `there is ${names}; on Debian: apt-get install ${missing.map((tool) => tool.package).join(" ")}`;
}

/** @throws {Error} with one line that says what to install. */
export async function requireTools(): Promise<void> {
  const missing = await missingRv32Tools();
  if (missing !== undefined) throw new Error(missing);
}

async function isThere({ command: [program, ...options] }: Tool): Promise<boolean> {
  try {
    await run(program, options, { env: process.env });
    return true;
  } catch {
    return false;
  }
}
