import { type Command, Option } from "commander";
import { type ChaosCampaignOptions, runChaosCampaign } from "../../sim/chaos/campaign.js";
import {
  allFaults,
  defaultChaosOptions,
  type ChaosFaultKind,
  faultKinds,
  type FaultSelection,
} from "../../sim/chaos/chaos-options.js";
import { chaosLines, chaosReport, failureLines } from "./chaos-summary.js";
import { prepareEngine } from "../kit/engine-choice.js";
import { ExitCode, Interruption } from "../kit/failures.js";
import { type EngineName, engineNames, parseEngine } from "../kit/option-values.js";
import { ProgressLine } from "../kit/progress-line.js";
import { countText } from "../kit/quantities.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";

/** What `tally chaos` is asked for. */
export interface ChaosRequest extends Pick<ChaosCampaignOptions, "seeds" | "days" | "selection" | "workers"> {
  readonly engine: EngineName;
  readonly isJson: boolean;
}

type SeedRange = ChaosCampaignOptions["seeds"];

const defaultSeeds: SeedRange = Object.freeze({ from: 1, to: 100 });
const defaultDays = 30;
const defaultWorkers = 2;
const mostSeed = 0x7fff_ffff;
const wholeNumber = /^\d{1,10}$/;

const examples = `
Examples:
  $ tally chaos                                          100 meters for 30 days
  $ tally chaos --seeds 1..1000 --days 30 --json | jq .violations
  $ tally chaos --seeds 17..17 --days 30 --only outages,powerCuts

Kinds of faults:
  ${kindLines()}

A seed decides which kinds strike, how often and when; leaving kinds out leaves the others as they are.
From 8 days on, the last 4 are without faults, and everything has to converge within 3 of them.

Exit status: 0 when every promise was kept, 1 when one was broken, 2 for bad usage.`;

/** Adds `chaos` to the program; `carryOut` gets what the user asked for. */
export function addChaosCommand(
  program: Command,
  carryOut: (request: ChaosRequest) => Promise<void>,
): Command {
  return program
    .command("chaos")
    .summary("run many meters among faults of every kind and check what they promise")
    .description(
      "Runs whole meters, each with the faults that its seed decides on, all at once: power cuts, resets, failing " +
        "flash, a bad modem, a bad network, a wrong clock, magnets. Checks registers, intervals and event logs with " +
        "the truth that only the simulator knows. A seed that fails is made smaller and can be run again exactly.",
    )
    .addOption(
      new Option("--seeds <from..to>", "which meters; one number for a single one")
        .argParser(parseSeeds)
        .default(defaultSeeds, "1..100"),
    )
    .addOption(
      new Option("--days <number>", "how long each is run, in whole days from 1 to 3650")
        .argParser(parseDays)
        .default(defaultDays),
    )
    .addOption(
      new Option("--only <kinds>", "leave out all other kinds of faults")
        .argParser(parseKinds)
        .default(allFaults, "all"),
    )
    .addOption(
      new Option("--engine <name>", `JavaScript engine of the firmware: ${engineNames.join(", ")}`)
        .argParser(parseEngine)
        .default("node", "node"),
    )
    .addOption(
      new Option("--workers <number>", "threads, 1 to 64").argParser(parseWorkers).default(defaultWorkers),
    )
    .option("--json", "print one JSON object and nothing else on standard output")
    .addHelpText("after", examples)
    .action(async (given: ChaosRequest & { readonly only: FaultSelection; readonly json?: true }) =>
      carryOut({ ...given, selection: given.only, isJson: given.json ?? false }),
    );
}

/**
 * `tally chaos`.
 * @throws {Interruption} after Ctrl-C.
 */
export async function runChaos(request: ChaosRequest, surroundings: Surroundings): Promise<ExitCode> {
  const { output, errors, clock, interrupt, outputColours, errorColours } = surroundings;
  const progress = new ProgressLine(errors);
  await prepareEngine(request.engine, (message) => {
    progress.show(message);
  });
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
      // Ctrl-C reaches the XS program too, and its end looks like a failure.
      if (interrupt.aborted) throw new Interruption();
      throw error;
    })
    .finally(() => {
      progress.close();
    });
  if (interrupt.aborted) throw new Interruption();
  const wallSeconds = Math.round(clock.now() - started) / 1000;
  if (request.isJson) output.write(`${JSON.stringify(chaosReport(campaign, result, wallSeconds))}\n`);
  else for (const line of chaosLines(campaign, result, wallSeconds, outputColours)) output.write(`${line}\n`);
  for (const line of failureLines(result, request.engine, errorColours)) errors.write(`${line}\n`);
  return result.violations === 0 ? ExitCode.success : ExitCode.failure;
}

function parseSeeds(text: string): SeedRange {
  const [first = "", last = first, ...rest] = text.split("..");
  const range = { from: Number(first), to: Number(last) };
  const isValid = wholeNumber.test(first) && wholeNumber.test(last) && rest.length === 0;
  if (isValid && range.from <= range.to && range.to <= mostSeed) return range;
  throw new UsageError(
    `--seeds takes two whole numbers from 0 to ${mostSeed}, such as 1..1000, not "${text}"`,
  );
}

function parseDays(text: string): number {
  const days = wholeNumber.test(text) ? Number(text) : NaN;
  if (days >= 1 && days <= 3650) return days;
  throw new UsageError(`--days takes a whole number from 1 to 3650, not "${text}"`);
}

function parseWorkers(text: string): number {
  const workers = wholeNumber.test(text) ? Number(text) : NaN;
  if (workers >= 1 && workers <= 64) return workers;
  throw new UsageError(`--workers takes a whole number from 1 to 64, not "${text}"`);
}

function parseKinds(text: string): FaultSelection {
  if (text === "none") return new Set();
  const known: readonly string[] = faultKinds;
  for (const name of text.split(","))
    if (!known.includes(name))
      throw new UsageError(`unknown fault "${name}"; known: none, ${known.join(", ")}`);
  return new Set(text.split(",") as ChaosFaultKind[]);
}

function kindLines(): string {
  const half = Math.ceil(faultKinds.length / 2);
  return [faultKinds.slice(0, half), faultKinds.slice(half)].map((kinds) => kinds.join(", ")).join(",\n  ");
}
