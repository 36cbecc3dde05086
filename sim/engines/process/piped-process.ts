import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, fstatSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { holdCore, releaseCore } from "./shared-core.js";

/** The three ends that the parent keeps. */
interface Ends {
  readonly input: number;
  readonly output: number;
  readonly messages: number;
}

/**
 * A child process with which the parent talks synchronously: its standard input and output are named pipes, on
 * which Node reads and writes block (on those that `spawn` makes they don't).
 *
 * When the child is gone, reading and writing throw an `Error` of one line that says how it ended.
 */
export class PipedProcess {
  #title: string;
  #executable: string;
  #child: ChildProcess;
  #ends: Ends | undefined;

  private constructor(title: string, executable: string, child: ChildProcess, ends: Ends) {
    this.#title = title;
    this.#executable = executable;
    this.#child = child;
    this.#ends = ends;
  }

  /** `title` is what messages call it. */
  static async start(title: string, executable: string, options: readonly string[]): Promise<PipedProcess> {
    const folder = await mkdtemp(join(tmpdir(), "tally-engine-"));
    try {
      const toChild = join(folder, "to-child");
      const fromChild = join(folder, "from-child");
      await promisify(execFile)("mkfifo", ["-m", "600", toChild, fromChild]);
      const [childInput, output] = openBothEnds(toChild);
      const [input, childOutput] = openBothEnds(fromChild);
      const messages = openSync(join(folder, "messages"), "wx+", 0o600);
      holdCore();
      const child = spawn(executable, options, { stdio: [childInput, childOutput, messages] });
      // A child that can't be started is told by the end of its output, as one that died.
      child.on("error", () => undefined);
      child.unref();
      // With these two open here, a dead child would not be noticed.
      closeSync(childInput);
      closeSync(childOutput);
      return new PipedProcess(title, executable, child, { input, output, messages });
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** Writes all of it. */
  write(bytes: Uint8Array, byteLength: number): void {
    const { output } = this.#open();
    let written = 0;
    try {
      while (written < byteLength) written += writeSync(output, bytes, written, byteLength - written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EPIPE") throw this.#ended();
      throw error;
    }
  }

  /** Waits until there is something, takes at most `byteLength` bytes, returns how many. */
  read(target: Uint8Array, offset: number, byteLength: number): number {
    const count = readSync(this.#open().input, target, offset, byteLength, null);
    if (count === 0) throw this.#ended();
    return count;
  }

  /** Lets go of the child, which ends when it notices. Idempotent. */
  close(): void {
    if (!this.#ends) return;
    const { input, output, messages } = this.#ends;
    this.#ends = undefined;
    for (const end of [input, output, messages]) closeSync(end);
    releaseCore();
  }

  #open(): Ends {
    if (!this.#ends) throw new Error(`${this.#title} is closed`);
    return this.#ends;
  }

  #ended(): Error {
    const { messages } = this.#open();
    // From the beginning: the child has moved the position that it shares with us.
    const text = Buffer.alloc(fstatSync(messages).size);
    readSync(messages, text, 0, text.length, 0);
    const lines = text.toString().split("\n");
    const message = lines
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .join(" ");
    this.close();
    return new Error(
      `${this.#title} ${howItEnded(this.#child, this.#executable)}${message && ": "}${message}`,
    );
  }
}

/** Opens a named pipe's reading and writing end without waiting for anybody on the other side. */
function openBothEnds(path: string): [reading: number, writing: number] {
  // An end opened for both directions never waits, and lets the two others open at once.
  const both = openSync(path, "r+");
  const reading = openSync(path, "r");
  const writing = openSync(path, "w");
  closeSync(both);
  return [reading, writing];
}

function howItEnded(child: ChildProcess, executable: string): string {
  if (child.pid === undefined)
    return `can't be started: ${executable} is not there, or may not be run where it lies`;
  // Node learns in its event loop how a child ended, which stands still in a synchronous call.
  const status = child.exitCode === null && child.signalCode === null ? waitStatus(child.pid) : undefined;
  const signal = child.signalCode ?? (status ? status & 0x7f : 0);
  if (signal)
    return `was killed by signal ${typeof signal === "string" ? constants.signals[signal] : signal}`;
  const code = child.exitCode ?? (status === undefined ? undefined : status >> 8);
  return code === undefined ? "ended" : `ended with code ${code}`;
}

/**
 * What wait(2) would tell of a child that has ended: the last field of proc(5)'s `stat`. A child closes its pipes a
 * moment before that. Undefined where the kernel does not say.
 */
function waitStatus(processId: number): number | undefined {
  for (let attempt = 0; attempt < 100; attempt++) {
    let line: string;
    try {
      line = readFileSync(`/proc/${processId}/stat`, "utf8");
    } catch {
      return undefined;
    }
    // The second field, the name in parentheses, may hold anything.
    const fields = line
      .slice(line.lastIndexOf(")") + 2)
      .trim()
      .split(" ");
    if (fields[0] === "Z") return Number(fields.at(-1));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
  return undefined;
}
