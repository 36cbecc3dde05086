import { slotByteLength } from "../../../sim/engines/rv32/budget.js";
import { measureImage } from "../../../sim/engines/rv32/image-figures.js";
import type { RunCosts } from "../../../sim/engines/process/process-engine.js";
import { measureDecoder } from "../decoder/measure.js";
import type { RecordedRun } from "./cost-recorder.js";
import type { DeviceFigures } from "./figures.js";
import { commissionedSettings, liveOnRv32 } from "./meter-life.js";
import { measureScenarios } from "./scenarios.js";
import { measureSha256Block } from "./sha256.js";

const countedDays = 3;
const valuesPerDay = 24;

export interface Measurement {
  readonly figures: DeviceFigures;
  /** The peaks that `ramBytes` is the sum of, each the worst of all runs. */
  readonly peaks: Peaks;
  /** Names of properties and the like, each once. */
  readonly symbolBytes: number;
  readonly runs: readonly RecordedRun[];
}

export type Peaks = Pick<RunCosts, "peakSlots" | "peakChunkBytes" | "peakStackSlots">;

/** Measures everything; `onProgress` is told what comes next. */
export async function measureDevice(onProgress: (message: string) => void): Promise<Measurement> {
  onProgress("building the image");
  const { imageBytes, bytecodeBytes, symbolBytes } = await measureImage();
  onProgress("a meter's life");
  const { runs, failure } = await liveOnRv32(countedDays);
  if (failure !== undefined) throw new Error(failure);
  onProgress("a life with settings of its own");
  const commissioned = await liveOnRv32(countedDays, undefined, commissionedSettings);
  if (commissioned.failure !== undefined) throw new Error(commissioned.failure);
  onProgress("the pulse decoder and SHA-256");
  const { worstPoll } = await measureDecoder("-O2");
  const sha256Block = await measureSha256Block();
  onProgress("every scenario of the tests");
  const peaks = worstPeaks([...runs, ...commissioned.runs, ...(await measureScenarios())]);
  return {
    figures: {
      ramBytes: ramBytesOf(peaks),
      bytecodeBytes,
      imageBytes,
      instructions: {
        ...instructionsOf(runs),
        commissionedWake: worstWakeOf(commissioned.runs),
        pulseSample: worstPoll,
        sha256Block,
      },
    },
    peaks,
    symbolBytes,
    runs,
  };
}

function ramBytesOf({ peakSlots, peakChunkBytes, peakStackSlots }: Peaks): number {
  return (peakSlots + peakStackSlots) * slotByteLength + peakChunkBytes;
}

export function worstPeaks(runs: readonly Peaks[]): Peaks {
  return {
    peakSlots: Math.max(...runs.map(({ peakSlots }) => peakSlots)),
    peakChunkBytes: Math.max(...runs.map(({ peakChunkBytes }) => peakChunkBytes)),
    peakStackSlots: Math.max(...runs.map(({ peakStackSlots }) => peakStackSlots)),
  };
}

function instructionsOf(runs: readonly RecordedRun[]) {
  const [coldStart, ...later] = runs;
  if (coldStart?.cause !== "power-on") throw new Error("the meter's life did not begin with the power");
  return {
    hourlyWake: worstWakeOf(later),
    dailyReport: worst(
      "daily report",
      later.filter(({ usedModem, marks: [before, after] }) => usedModem && after - before === valuesPerDay),
    ),
    coldRecovery: coldStart.firstInstructions,
  };
}

function worstWakeOf(runs: readonly RecordedRun[]): number {
  return worst(
    "hourly wake",
    runs.filter(({ cause, usedModem, movedValve }) => cause === "timer" && !usedModem && !movedValve),
  );
}

function worst(name: string, runs: readonly RecordedRun[]): number {
  if (runs.length === 0) throw new Error(`the meter's life had no ${name}`);
  return Math.max(...runs.map(({ instructions }) => instructions));
}
