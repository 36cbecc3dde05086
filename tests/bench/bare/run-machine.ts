import { execFile } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { promisify } from "node:util";
import { rv32Emulator } from "../../../sim/engines/rv32/tools.js";

const run = promisify(execFile);

export interface Machine {
  /** The program that emulates it. */
  readonly emulator: string;
  /** Of wall clock, after which it is stopped: an idle computer needs a few. */
  readonly mostSeconds: number;
}

const rv32: Machine = Object.freeze({ emulator: rv32Emulator, mostSeconds: 300 });

/** How `execFile` tells of a program that did not end well. */
interface RunError extends Error {
  readonly killed?: boolean;
  readonly signal?: string | null;
  readonly code?: number | string | null;
}

/**
 * Runs an image on an emulated machine that counts instructions, until it ends by itself.
 * @returns what it has printed.
 * @throws {Error} with one line that says how it ended otherwise.
 */
export async function runMachine(image: string, machine = rv32): Promise<string> {
  const { emulator, mostSeconds } = machine;
  const options = ["-M", "virt", "-bios", "none", "-nographic", "-icount", "shift=0", "-kernel", image];
  // QEMU ends with 0 when it is asked to end, as if the program had come to its end; so it is not asked.
  const limits = { timeout: mostSeconds * 1000, killSignal: "SIGKILL" } as const;
  try {
    return (await run(emulator, options, limits)).stdout;
  } catch (error) {
    throw new Error(`${emulator} ${endText(error as RunError, mostSeconds)}`, { cause: error });
  }
}

function endText({ killed, signal, code, message }: RunError, mostSeconds: number): string {
  if (killed === true)
    return (
      `was stopped after ${mostSeconds} s of wall clock, before it had a figure: this computer is busy ` +
      `(load ${(loadavg()[0] ?? 0).toFixed(1)}, ${cpus().length} processors) or too slow; run it again when it is idle`
    );
  if (typeof signal === "string")
    return `was killed by ${signal}, by none of ours; memory may have been short`;
  return typeof code === "number" ? `ended with status ${code}` : `can't be run: ${message}`;
}
