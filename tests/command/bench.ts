import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { Chalk } from "chalk";

import { runTally } from "../../command/run-tally.js";
import type { CreateSimulation } from "../../command/sim/sim-run.js";
import type { Surroundings, WallClock } from "../../command/kit/surroundings.js";

/** Keeps what is written to it. */
export class CapturedStream extends Writable {
  text = "";
  isTTY = false;
  columns = 80;
  rows = 24;
  onText: ((text: string) => void) | undefined;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    const text = chunk.toString();
    this.text += text;
    this.onText?.(text);
    done();
  }

  get lines(): string[] {
    return this.text.split("\n").slice(0, -1);
  }
}

/** A wall clock that goes on by a little with each look, and by the whole of a sleep at once. */
export class SteppingClock implements WallClock {
  milliseconds = 0;
  stepMilliseconds = 0.01;

  now(): number {
    this.milliseconds += this.stepMilliseconds;
    return this.milliseconds;
  }

  sleep(milliseconds: number): Promise<void> {
    this.milliseconds += milliseconds;
    return Promise.resolve();
  }
}

export class Bench implements Surroundings {
  readonly output = new CapturedStream();
  readonly errors = new CapturedStream();
  readonly outputColours = new Chalk({ level: 0 });
  readonly errorColours = new Chalk({ level: 0 });
  readonly clock = new SteppingClock();
  readonly interruption = new AbortController();
  readonly interrupt = this.interruption.signal;
  canRedraw = true;

  /** Runs the command; the words of the command line are separated by spaces. */
  async run(commandLine: string, createSimulation?: CreateSimulation): Promise<number> {
    const words = commandLine.split(" ").filter((word) => word !== "");
    return runTally(words, this, createSimulation ? { createSimulation } : {});
  }
}

/** Writes a trace to a new folder and returns its path. */
export function writeTrace(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "tally-trace-")), "trace.csv");
  writeFileSync(path, text);
  return path;
}

/** A trace of one row every 10 min from 2026-03-01 00:10 on, with `pulses` in each. */
export function evenTrace(rows: number, pulses: number): string {
  const lines = ["time,pulses per interval"];
  for (let row = 1; row <= rows; row++) {
    const time = new Date(Date.UTC(2026, 2, 1) + row * 600_000).toISOString();
    lines.push(`${time},${pulses}`);
  }
  return `${lines.join("\n")}\n`;
}
