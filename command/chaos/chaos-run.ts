import { type ChaosCampaignOptions, runChaosCampaign } from "../../sim/chaos/campaign.js";
import { defaultChaosOptions } from "../../sim/chaos/chaos-options.js";
import { prepareEngine } from "../kit/engine-choice.js";
import { ExitCode, Interruption } from "../kit/failures.js";
import { ProgressLine } from "../kit/progress-line.js";
import { countText } from "../kit/quantities.js";
import type { Surroundings } from "../kit/surroundings.js";
import type { ChaosRequest } from "./chaos-command.js";
import { writeLines } from "../kit/folded-line.js";
import { chaosLabelColumns, chaosLines, chaosReport, failureLines } from "./chaos-summary.js";

/**
 * `tally chaos`.
 * @throws {Interruption} after Ctrl-C.
 */
export async function runChaos(request: ChaosRequest, surroundings: Surroundings): Promise<ExitCode> {
  const { output, errors, clock, interrupt, outputColours, errorColours } = surroundings;
  const progress = new ProgressLine(errors);
  const { board } = request;
  const showProgress = (message: string): void => {
    progress.show(message);
  };
  await prepareEngine(request.engine, showProgress, board && { board });
  const started = clock.now();
  const campaign: ChaosCampaignOptions = {
    ...request,
    options: defaultChaosOptions,
    interrupt,
    onProgress: (done, failing) => {
      const found = failing > 0 ? `, ${countText(failing)} failing` : "";
      // Elsewhere the first line would be the only one, and say nothing.
      if (errors.isTTY ?? false) progress.show(`${countText(done)} seeds done${found}`);
    },
  };
  const result = await runChaosCampaign(campaign)
    .catch((error: unknown) => {
      // Ctrl-C reaches the XS host too, and its end looks like a failure.
      if (interrupt.aborted) throw new Interruption();
      throw error;
    })
    .finally(() => {
      progress.close();
    });
  if (interrupt.aborted) throw new Interruption();
  const wallSeconds = Math.round(clock.now() - started) / 1000;
  if (request.isJson) output.write(`${JSON.stringify(chaosReport(campaign, result, wallSeconds))}\n`);
  else writeLines(output, chaosLines(campaign, result, wallSeconds, outputColours), chaosLabelColumns);
  for (const line of failureLines(result, request, errorColours)) errors.write(`${line}\n`);
  return result.violations === 0 ? ExitCode.success : ExitCode.failure;
}
