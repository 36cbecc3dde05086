import { engineFactories } from "../../sim/engines/engines.js";
import { ExitCode } from "../kit/failures.js";
import { writeLines } from "../kit/folded-line.js";
import { ProgressLine } from "../kit/progress-line.js";
import { print } from "../kit/styled-line.js";
import type { Surroundings } from "../kit/surroundings.js";
import {
  type UnitCampaignOptions,
  type UnitCampaignResult,
  runUnitCampaign,
} from "../../jig/simulated/campaign.js";
import { bar } from "./slot-table.js";

export interface CampaignRunOptions extends Omit<UnitCampaignOptions, "engine" | "onProgress"> {
  readonly isJson: boolean;
  readonly surroundings: Surroundings;
}

const barWidth = 30;
const mostProblems = 20;

/** A campaign of simulated units with a progress bar. 0 when every fault was caught and no good unit failed. */
export async function runCampaignCommand(options: CampaignRunOptions): Promise<ExitCode> {
  const { units, isJson, surroundings } = options;
  const { output, errors, clock, errorColours, interrupt } = surroundings;
  const progress = new ProgressLine(errors);
  const started = clock.now();
  const result = await runUnitCampaign({
    ...options,
    engine: engineFactories.node,
    onProgress: (sofar) => {
      if (!(errors.isTTY ?? false)) return;
      const line = [
        ...bar(sofar.units / units, barWidth, errorColours),
        { text: progressText(sofar, units) },
      ];
      progress.show(print(line, (errors.columns ?? 80) - 1));
    },
  }).finally(() => {
    progress.close();
  });
  const wallSeconds = Math.round(clock.now() - started) / 1000;
  if (isJson) output.write(`${JSON.stringify(report(result, wallSeconds))}\n`);
  else writeLines(output, resultLines(result, wallSeconds));
  for (const problem of result.problems.slice(0, mostProblems))
    errors.write(`${errorColours.red("problem:")} ${problem}\n`);
  if (result.problems.length > mostProblems)
    errors.write(`and ${result.problems.length - mostProblems} more\n`);
  if (interrupt.aborted) return ExitCode.interrupted;
  return result.problems.length === 0 ? ExitCode.success : ExitCode.failure;
}

function progressText({ units, passed, failed, errors }: UnitCampaignResult, all: number): string {
  return `  ${units} of ${all}  ${passed} passed  ${failed} failed  ${errors} errors`;
}

function report(result: UnitCampaignResult, wallSeconds: number): object {
  const { units, passed, failed, errors, faultsPlanted, faultsCaught, falseFailures } = result;
  const unitSeconds = Math.round(result.unitSeconds * 1000) / 1000;
  return {
    units,
    passed,
    failed,
    errors,
    faultsPlanted,
    faultsCaught,
    falseFailures,
    wallSeconds,
    unitSeconds,
  };
}

function resultLines(result: UnitCampaignResult, wallSeconds: number): string[] {
  const { units, passed, failed, errors, faultsPlanted, faultsCaught, falseFailures, unitSeconds } = result;
  return [
    `${units} units: ${passed} passed, ${failed} failed, ${errors} errors`,
    `faults: ${faultsCaught} of ${faultsPlanted} caught by the phase that should; good units failed: ${falseFailures}`,
    `time: ${wallSeconds.toFixed(1)} s; the longest unit took ${unitSeconds.toFixed(1)} s of its own time`,
  ];
}
