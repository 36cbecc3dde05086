import { clockMegahertz } from "../../../manifests/board-costs.js";
import { slotByteLength } from "../../../sim/engines/rv32/budget.js";
import type { RecordedRun } from "./cost-recorder.js";
import {
  type DeviceFigures,
  limitsOf,
  microcoulombsOf,
  millisecondsOf,
  runningMilliamperes,
} from "./figures.js";
import { type Measurement, worstPeaks } from "./measure.js";
import { agingDays, kindOf } from "./meter-life.js";

const labelColumns = 44;

/** The figures, and what they rest on. */
export function figureLines({ figures, peaks, symbolBytes }: Measurement): string[] {
  const { ramBytes, bytecodeBytes, imageBytes, instructions } = figures;
  const row = (label: string, value: number, more = ""): string =>
    `${label.padEnd(labelColumns)}${countText(value).padStart(12)}${more}`;
  const cost = (label: string, count: number): string =>
    row(
      label,
      count,
      millisecondsOf(count).toFixed(3).padStart(12) + microcoulombsOf(count).toFixed(2).padStart(12),
    );
  return [
    "memory beyond the baseline, worst of all scenarios   bytes",
    row(
      "  slots",
      peaks.peakSlots * slotByteLength,
      `   ${countText(peaks.peakSlots)} of ${slotByteLength} bytes`,
    ),
    row("  chunks", peaks.peakChunkBytes),
    row("  stack", peaks.peakStackSlots * slotByteLength, `   ${countText(peaks.peakStackSlots)} slots`),
    row("  together", ramBytes),
    row("bytecode", bytecodeBytes, `   and ${countText(symbolBytes)} of names`),
    row("image: engine, C library, bytecode", imageBytes),
    "",
    `${"".padEnd(labelColumns)}${"instructions".padStart(12)}${"ms".padStart(12)}${"uC".padStart(12)}`,
    cost("hourly wake, ready to sleep", instructions.hourlyWake),
    cost("hourly wake with four settings of its own", instructions.commissionedWake),
    cost("wake with a daily report of 24 values", instructions.dailyReport),
    cost(`power-on after ${agingDays} days, to the first wait`, instructions.coldRecovery),
    cost("one poll of the contacts, at worst", instructions.pulseSample),
    cost("one block of SHA-256 in plain C", instructions.sha256Block),
    "",
    `ms and uC: one instruction a cycle at ${clockMegahertz} MHz and ${runningMilliamperes} mA (ESP32-C3 Series Datasheet, current`,
    "consumption in modem-sleep: CPU running, radio off, peripheral clocks disabled). Waits for flash and its cache are",
    "not in them, nor are native drivers: the line to the simulator and the contacts that it tells of are not counted.",
    "The baseline is the engine with its built-ins made and all modules loaded, which the chip has in flash, marked for",
    "good: what collections spend on walking through it here is counted apart, as measured after loading. SHA-256 is work",
    "of the chip's accelerator, which is quicker.",
  ];
}

/** What runs of each kind have cost at most. */
export function runLines(runs: readonly RecordedRun[]): string[] {
  const kinds = new Map<string, RecordedRun[]>();
  for (const run of runs) {
    const kind = kindOf(run);
    kinds.set(kind, [...(kinds.get(kind) ?? []), run]);
  }
  const header = [
    "runs",
    "median",
    "most",
    "collections",
    "on baseline",
    "slots",
    "chunk bytes",
    "stack slots",
  ];
  const cells = (label: string, values: readonly string[]): string =>
    label.padEnd(24) + values.map((value) => value.padStart(13)).join("");
  return [
    "",
    cells("each kind of run", header),
    ...[...kinds].map(([kind, some]) => {
      const counts = some.map(({ instructions }) => instructions).sort((one, other) => one - other);
      const { peakSlots, peakChunkBytes, peakStackSlots } = worstPeaks(some);
      const median = counts[counts.length >> 1] ?? 0;
      const most = (name: "collections" | "loadedInstructions"): number =>
        Math.max(...some.map((run) => run[name]));
      const collections = [most("collections"), most("loadedInstructions")];
      const values = [
        some.length,
        median,
        counts.at(-1) ?? 0,
        ...collections,
        peakSlots,
        peakChunkBytes,
        peakStackSlots,
      ];
      return cells(kind, values.map(countText));
    }),
  ];
}

export function limitLines(figures: DeviceFigures): string[] {
  return [
    "",
    ...limitsOf(figures).map(({ name, figure, limit }) => {
      const verdict = figure <= limit ? "met" : "MISSED";
      return `${name.padEnd(labelColumns)}${countText(figure).padStart(12)} of ${countText(limit).padStart(10)}  ${verdict}`;
    }),
  ];
}

function countText(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
