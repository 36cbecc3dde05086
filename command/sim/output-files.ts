import { accessSync, closeSync, constants, existsSync, openSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { settledBatteryYears } from "../../sim/run/battery-life.js";
import { exportEventLog } from "../../sim/run/event-log/export.js";
import { openPartition } from "../../sim/run/flash/flash-access.js";
import type { RunResult } from "../../sim/run/run-result.js";
import type { Simulation } from "../../sim/run/simulation.js";
import { outputProblem } from "../kit/file-problem.js";
import { UsageError } from "../kit/usage-error.js";
import { runPage } from "./page/page.js";
import { pageDataOf } from "./page/page-source.js";
import { readingsCsv } from "./readings-file.js";
import type { RunPlan } from "./run-plan.js";
import type { SimArguments } from "./sim-arguments.js";
import { verdictsOf } from "./verdicts.js";

/** A run, and what came of it. */
export interface FinishedRun {
  readonly simulation: Simulation;
  readonly result: RunResult;
  readonly plan: RunPlan;
}

/** A file that a run leaves behind, where it was asked for. */
interface OutputFile {
  readonly option: string;
  readonly path: (given: SimArguments) => string | undefined;
  readonly content: (run: FinishedRun) => string;
}

const outputFiles: readonly OutputFile[] = Object.freeze([
  { option: "--event-log", path: ({ eventLog }: SimArguments) => eventLog, content: eventLogJson },
  {
    option: "--readings",
    path: ({ readings }: SimArguments) => readings,
    content: ({ simulation }: FinishedRun) => readingsCsv(simulation),
  },
  { option: "--html", path: ({ html }: SimArguments) => html, content: pageOf },
]);

/**
 * Nobody waits for a long run to hear of a wrong path.
 * @throws {UsageError} for a file that can't be written, or that is given twice.
 */
export function requireOutputFiles(given: SimArguments): void {
  const taken = new Map<string, string>();
  if (given.trace !== undefined) taken.set(placeOf(given.trace), "--trace");
  for (const { option, path } of outputFiles) {
    const name = path(given);
    if (name === undefined) continue;
    const other = taken.get(placeOf(name));
    if (other !== undefined) throw new UsageError(`${other} and ${option} can't be the same file, ${name}`);
    taken.set(placeOf(name), option);
    withProblem(option, name, () => {
      if (existsSync(name)) closeSync(openSync(name, "a"));
      else accessSync(dirname(name), constants.W_OK);
    });
  }
}

/** Of the file itself, wherever a link leads to it. */
function placeOf(name: string): string {
  return existsSync(name) ? realpathSync(name) : resolve(name);
}

/** @throws {UsageError} when a file can't be written. */
export function writeOutputFiles(given: SimArguments, run: FinishedRun): void {
  for (const { option, path, content } of outputFiles) {
    const name = path(given);
    if (name === undefined) continue;
    const text = content(run);
    withProblem(option, name, () => {
      writeFileSync(name, text);
    });
  }
}

function pageOf({ simulation, result, plan }: FinishedRun): string {
  const { demandName, pulseWeightMillilitres, repeat } = plan;
  const batteryYears = settledBatteryYears(simulation.book.midnights);
  const verdicts = verdictsOf(result);
  return runPage(
    pageDataOf(simulation, result, { demandName, pulseWeightMillilitres, repeat, verdicts, batteryYears }),
  );
}

function eventLogJson({ simulation: { meter } }: FinishedRun): string {
  const log = exportEventLog(openPartition(meter.flash, "events"), meter.parts.serialNumber);
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function withProblem(option: string, path: string, access: () => void): void {
  try {
    access();
  } catch (error) {
    throw new UsageError(`${option} ${path}: ${outputProblem(path, error)}`, { cause: error });
  }
}
