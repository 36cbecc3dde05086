import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { readTrace, TraceError, type TraceFile } from "../../../../../sim/world/demand/trace/trace-file.js";
import type { TraceReading } from "../../../../../sim/world/demand/trace/trace-reading.js";

/** Reads a trace that consists of these lines. */
export function readLines(
  lines: readonly string[],
  litresPerPulse = 1,
  reading: TraceReading = {},
): TraceFile {
  return readText(`${lines.join("\n")}\n`, litresPerPulse, reading);
}

export function readText(
  text: string | Uint8Array,
  litresPerPulse = 1,
  reading: TraceReading = {},
): TraceFile {
  const folder = mkdtempSync(join(tmpdir(), "trace-"));
  try {
    const path = join(folder, "trace.csv");
    writeFileSync(path, text);
    return readTrace(path, { litresPerPulse, ...reading });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the person who wrote the file gets to read, from the line on. */
export function complaintOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(TraceError);
    const { message } = error as TraceError;
    expect(message).not.toContain("\n");
    return message.replace(/^.*trace\.csv(, |: )/, "");
  }
  throw new Error("no error was thrown");
}
