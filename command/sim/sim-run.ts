import { ApplicationFault } from "../../sim/chip/board/application-fault.js";
import { settledBatteryYears } from "../../sim/run/battery-life.js";
import { FlashViolation } from "../../sim/world/flash/nor-flash.js";
import { exportEventLog } from "../../sim/run/event-log/export.js";
import { copyPartition } from "../../sim/run/flash/flash-access.js";
import type { RunOptions } from "../../sim/run/run-options.js";
import type { RunResult } from "../../sim/run/run-result.js";
import { Simulation } from "../../sim/run/simulation.js";
import { prepareEngine } from "../kit/engine-choice.js";
import { ExitCode, Interruption, RunFailure } from "../kit/failures.js";
import { writeLines } from "../kit/folded-line.js";
import { LiveView } from "./live-view.js";
import { requireOutputFiles, writeOutputFiles } from "./output-files.js";
import { PlainView } from "./plain-view.js";
import { ProgressLine } from "../kit/progress-line.js";
import { timeText } from "../kit/quantities.js";
import { RunObserver } from "./run-observer.js";
import { planRun, type RunPlan } from "./run-plan.js";
import type { SimArguments, SimRequest } from "./sim-arguments.js";
import { differenceLines, summaryLabelColumns, summaryLines } from "./summary.js";
import type { Surroundings } from "../kit/surroundings.js";
import { hiddenView, type View } from "./view.js";

/** Builds a simulation; `now` reads the wall clock in milliseconds. */
export type CreateSimulation = (options: RunOptions, now: () => number) => Simulation;

/**
 * `tally sim`: runs one meter, shows it, and prints what came of it.
 * @throws {UsageError} for bad input, {RunFailure} when the run did not come to its end.
 */
export async function runSim(
  { given, isJson }: SimRequest,
  surroundings: Surroundings,
  createSimulation: CreateSimulation = (options, now) => new Simulation(options, now),
): Promise<ExitCode> {
  const { output, errors, errorColours, clock, interrupt } = surroundings;
  requireOutputFiles(given);
  const plan = await planRun(given, async () => {
    await clock.sleep(0);
    if (interrupt.aborted) throw new Interruption();
  });
  for (const warning of plan.warnings) errors.write(`${errorColours.yellow("warning:")} ${warning}\n`);
  const progress = new ProgressLine(errors);
  const { board } = given;
  const image = { product: given.product.name, ...(board && { board }) };
  const showProgress = (message: string): void => {
    progress.show(message);
  };
  const engine = await prepareEngine(given.engine, showProgress, image);
  progress.close();

  const simulation = createSimulation({ ...plan.options, engine }, () => clock.now());
  const view = isJson ? hiddenView : openView(simulation, given, plan, surroundings);
  const { result, isStopped } = await watchedRun(simulation, view, given, plan, surroundings);
  // What a program reads is whole, or not there.
  if (isStopped && isJson) return ExitCode.interrupted;
  writeOutputFiles(given, { simulation, result, plan });
  if (isJson) output.write(`${JSON.stringify(result.report)}\n`);
  else printSummary(result, isStopped, simulation, plan, surroundings);
  for (const line of differenceLines(result.differences, given.seed))
    errors.write(`${errorColours.red("difference:")} ${line}\n`);
  if (result.differences.length > 0) errors.write(`repeat it with: ${plan.repeat}\n`);
  if (isStopped) return ExitCode.interrupted;
  return result.differences.length === 0 ? ExitCode.success : ExitCode.failure;
}

function openView(
  simulation: Simulation,
  { engine }: SimArguments,
  { demandName, pulseWeightMillilitres }: RunPlan,
  surroundings: Surroundings,
): View {
  const { output, canRedraw } = surroundings;
  if (!(output.isTTY ?? false) || !canRedraw)
    return new PlainView(simulation, output, pulseWeightMillilitres);
  return new LiveView(simulation, { engineName: engine, demandName, pulseWeightMillilitres }, surroundings);
}

async function watchedRun(
  simulation: Simulation,
  view: View,
  { speed, seed }: SimArguments,
  { repeat }: RunPlan,
  { clock, interrupt }: Surroundings,
): Promise<{ readonly result: RunResult; readonly isStopped: boolean }> {
  try {
    const observer = new RunObserver({ simulation, view, clock, interrupt, speed });
    const result = await simulation.run(observer);
    view.finish();
    return { result, isStopped: false };
  } catch (error) {
    // Ctrl-C reaches the XS program too, whose end may be noticed before the signal is.
    await clock.sleep(10);
    if (error instanceof Interruption || interrupt.aborted)
      return { result: simulation.resultSoFar(), isStopped: true };
    const reason = error instanceof Error ? error.message : String(error);
    const [firstLine = ""] = reason.replace(/^the firmware failed: /, "").split("\n");
    const isFirmware = error instanceof ApplicationFault || error instanceof FlashViolation;
    const what = isFirmware ? "the firmware failed" : "the simulation failed";
    const when = timeText(simulation.epochSeconds);
    throw new RunFailure(`${what} at ${when}, seed ${seed}: ${firstLine}`, error, repeat);
  } finally {
    view.close();
  }
}

function printSummary(
  result: RunResult,
  isStopped: boolean,
  simulation: Simulation,
  { demandName, pulseWeightMillilitres, options }: RunPlan,
  { output, outputColours }: Surroundings,
): void {
  // A view that came to its end has left a line free.
  if (isStopped) output.write("\n");
  const { startEpochSeconds } = options;
  const { battery } = simulation.meter;
  const facts = {
    demandName,
    pulseWeightMillilitres,
    startEpochSeconds,
    durationSeconds: isStopped
      ? Math.min(result.report.simulatedSeconds, options.durationSeconds)
      : options.durationSeconds,
    isStopped,
    events: exportEventLog(copyPartition(simulation.meter.flash, "events"), "").entries,
    batteryMillivolts: battery.millivolts,
    batteryFraction: battery.remainingFraction,
    batteryYears: settledBatteryYears(simulation.book.midnights),
  };
  writeLines(output, summaryLines(result, facts, outputColours), summaryLabelColumns);
}
