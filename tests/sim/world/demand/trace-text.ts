import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTrace, type TraceFile } from "../../../../sim/world/demand/trace-file.js";

/** Reads a trace that consists of these lines. */
export function readLines(lines: readonly string[], litresPerPulse = 1): TraceFile {
  return readText(lines.join("\n"), litresPerPulse);
}

export function readText(text: string, litresPerPulse = 1): TraceFile {
  const folder = mkdtempSync(join(tmpdir(), "trace-"));
  try {
    const path = join(folder, "trace.csv");
    writeFileSync(path, text);
    return readTrace(path, { litresPerPulse });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
