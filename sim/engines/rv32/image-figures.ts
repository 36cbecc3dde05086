import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { readBytecode } from "./bytecode.js";
import { buildImage } from "./build-image.js";

const run = promisify(execFile);

/** What an image of the RV32 machine is made of, in bytes. */
export interface ImageFigures {
  /** Engine, C library, bytecode and what variables begin with: what it fills in flash. */
  readonly imageBytes: number;
  /** Code of all modules. */
  readonly bytecodeBytes: number;
  /** The names that the code uses, each once. */
  readonly symbolBytes: number;
}

/** Builds the image of the chip's budget, unless that has been done before. @throws {Error} with one line. */
export async function measureImage(): Promise<ImageFigures> {
  const { path, bytecodePath } = await buildImage();
  const { codeBytes, symbolBytes } = readBytecode(bytecodePath);
  return { imageBytes: await imageByteLength(path), bytecodeBytes: codeBytes, symbolBytes };
}

async function imageByteLength(path: string): Promise<number> {
  const { stdout } = await run("riscv64-unknown-elf-size", [path]);
  const [, text, data] = /^\s*(\d+)\s+(\d+)\s+\d+/m.exec(stdout) ?? [];
  if (text === undefined || data === undefined) throw new Error(`can't read the sizes of ${path}`);
  return Number(text) + Number(data);
}
