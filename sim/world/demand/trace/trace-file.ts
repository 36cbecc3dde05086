import { CountedRows } from "./counted-rows.js";
import { FlowOfRows } from "./counter-standing.js";
import { GatheredRows, type TraceFile } from "./gathered-rows.js";
import { TextLines } from "./text-lines.js";
import { findHeader } from "./trace-columns.js";
import type { TraceReading } from "./trace-reading.js";

export { TraceError } from "./trace-error.js";
export { fastestReedHertz, type TraceFile } from "./gathered-rows.js";

export interface TraceOptions extends TraceReading {
  /** Turns a trace of volumes into pulses; a trace of pulses needs none. */
  readonly litresPerPulse: number;
}

const rowsPerPart = 20_000;

/**
 * Reads a logger's CSV file: a preamble, a header, and rows of a time and the pulses or the volume gathered in the
 * step that ended at that time, or a counter's standing then. Volumes add up exactly, whatever their unit and the pulse
 * volume. The file may be larger than the memory; what is kept are rows with pulses.
 * @throws {TraceError} when the file can't be used, or can be read in two ways; the message says where and what to do.
 */
export function readTrace(path: string, options: TraceOptions): TraceFile {
  const parts = traceParts(path, options);
  for (;;) {
    const part = parts.next();
    if (part.done) return part.value;
  }
}

/** As `readTrace`, with pauses between parts of the file; what the pause throws ends the reading. */
export async function readTraceInParts(
  path: string,
  options: TraceOptions,
  pause: () => Promise<void>,
): Promise<TraceFile> {
  const parts = traceParts(path, options);
  try {
    for (;;) {
      const part = parts.next();
      if (part.done) return part.value;
      await pause();
    }
  } finally {
    // Closes the file.
    parts.return(undefined as never);
  }
}

function* traceParts(path: string, options: TraceOptions): Generator<void, TraceFile> {
  const { litresPerPulse } = options;
  if (!(litresPerPulse >= 0.001 && litresPerPulse <= 1e6))
    throw new RangeError("litresPerPulse must be from 0.001 to 1000000");
  const lines = new TextLines(path);
  try {
    const header = findHeader(path, lines.lines(), options);
    const rows = new CountedRows(path, lines, header, options, litresPerPulse);
    const flow = new FlowOfRows(path, header, options.cumulative === "new-meter", rows.unitsPerPulse);
    const gathered = new GatheredRows(path, header, rows);
    let passed = 0;
    for (const row of rows.rows()) {
      gathered.add(row, flow.flowOf(row));
      if (++passed % rowsPerPart === 0) yield;
    }
    gathered.requireRows();
    flow.requireOneReading();
    return gathered.finish(options.cumulative === undefined);
  } finally {
    lines.close();
  }
}
