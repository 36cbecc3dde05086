import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { PulseInputReading } from "../../../hal/pulse-input.js";
import { encodePulseReading, pulseReadingByteLength } from "../../../sim/chip/boundary/pulse-reading.js";
import { PulseDecoder, type PulseDecoderOptions } from "../../../sim/world/sensors/pulse-decoder.js";

/** Every target compiles the decoder with these. */
export const decoderWarnings = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"];

const scriptByteLength = 1 << 22;
/** Longer than what any test gives the decoder between two readings. */
const longestSequence = 16_384;
/** The harness says whether there is a reading, then tells it. */
const answerByteLength = 4 + pulseReadingByteLength;

/** Compiles the decoder with the harness beside this file. @returns the path of the program. */
export function buildHarness(): string {
  const folder = join(process.cwd(), "build", "decoder");
  mkdirSync(folder, { recursive: true });
  const program = join(folder, `harness-${process.pid}`);
  const sources = ["hal/core/pulse-decoder.c", "tests/hal/core/decoder-harness.c"];
  execFileSync(process.env["CC"] ?? "cc", [
    ...["-std=c11", "-O2", ...decoderWarnings],
    ...["-I", "hal/core", ...sources, "-o", program],
  ]);
  return program;
}

/**
 * The decoder in C and its reference, driven alike. The reference follows at once; the C side gets its commands in
 * one go when there are many of them or `finish` is called, and every reading of the two is compared then.
 */
export class TwoDecoders {
  /** Readings taken of both. */
  readings = 0;
  #program: string;
  /** As decoder-harness.c has it. */
  #script = Buffer.alloc(scriptByteLength);
  #used = 0;
  #sequenceStart = 0;
  /** The shortest sequence with a reading takes five bytes of the script. */
  #expected = Buffer.alloc(Math.ceil(scriptByteLength / 5) * answerByteLength);
  /** Where in the script each reading's sequence begins and ends. */
  #sequences: (readonly [number, number])[] = [];
  #options: PulseDecoderOptions | undefined;
  #reference: PulseDecoder | undefined;

  constructor(program: string) {
    this.#program = program;
  }

  start(options: PulseDecoderOptions, contacts = 0, forward = 0, reverse = 0): void {
    this.#options = options;
    this.#reference = new PulseDecoder(options, contacts, { forward, reverse });
    this.#command("s");
    this.#write(options);
    this.#word(forward);
    this.#word(reverse);
    this.#byte(contacts);
  }

  /** Starts anew with the same options. */
  restart(contacts = 0): void {
    if (!this.#options) throw new Error("no options yet");
    this.#reference = new PulseDecoder(this.#options, contacts);
    this.#command("n");
    this.#byte(contacts);
  }

  configure(options: PulseDecoderOptions): void {
    this.#options = options;
    this.#reference?.configure(options);
    this.#command("c");
    this.#write(options);
  }

  poll(contacts: number): void {
    this.#reference?.advance(contacts, 1);
    this.#command("p");
    this.#byte(contacts);
  }

  advance(contacts: number, polls: number): void {
    this.#reference?.advance(contacts, polls);
    this.#command("a");
    this.#byte(contacts);
    this.#word(polls);
  }

  /** Takes a reading of both. @returns that of the reference. */
  read(): PulseInputReading {
    if (!this.#reference) throw new Error("not started");
    const { reading } = this.#reference;
    this.#command("r");
    const offset = this.#sequences.length * answerByteLength;
    this.#expected.writeUInt32LE(1, offset);
    this.#expected.set(encodePulseReading(reading), offset + 4);
    this.#sequences.push([this.#sequenceStart, this.#used]);
    this.readings++;
    return reading;
  }

  /** To be called before a sequence begins: only there the C side can be given what there is. */
  begin(): void {
    if (this.#used > scriptByteLength - longestSequence) this.finish();
    this.#sequenceStart = this.#used;
  }

  /** @throws {Error} that shows the first sequence after which the two differ. */
  finish(): void {
    const input = this.#script.subarray(0, this.#used);
    const { stdout, status } = spawnSync(this.#program, { input, maxBuffer: 2 * this.#expected.length });
    if (status !== 0) throw new Error(`the harness ended with ${status}`);
    const expected = this.#expected.subarray(0, this.#sequences.length * answerByteLength);
    if (expected.compare(stdout) !== 0) throw this.#difference(expected, stdout);
    this.#used = 0;
    this.#sequences = [];
    // The next harness has not seen the options.
    if (this.#options) this.start(this.#options);
    this.#sequenceStart = this.#used;
  }

  #difference(expected: Buffer, actual: Buffer): Error {
    const at = expected.findIndex((byte, index) => byte !== actual[index]);
    const index = Math.floor(at / answerByteLength);
    const wordsOf = (readings: Buffer): string =>
      Array.from({ length: answerByteLength / 4 }, (_, word) =>
        readings.readUInt32LE(index * answerByteLength + 4 * word),
      ).join(" ");
    const [from, to] = this.#sequences[index] ?? [0, 0];
    const script = this.#script.subarray(from, to).toString("hex");
    return new Error(`C reads ${wordsOf(actual)}, the reference ${wordsOf(expected)}, after ${script}`);
  }

  #write({ sensor, debouncePolls, magnetPolls, oneSidedPulses }: PulseDecoderOptions): void {
    this.#word(sensor === "dual-reed" ? 1 : 0);
    this.#word(debouncePolls);
    this.#word(magnetPolls);
    this.#word(oneSidedPulses);
  }

  #command(letter: string): void {
    this.#byte(letter.charCodeAt(0));
  }

  #byte(value: number): void {
    this.#used = this.#script.writeUInt8(value, this.#used);
  }

  #word(value: number): void {
    this.#used = this.#script.writeUInt32LE(value, this.#used);
  }
}
