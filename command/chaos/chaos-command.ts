import { type Command, Option } from "commander";
import { boards } from "../../manifests/boards/boards.js";
import type { ChaosCampaignOptions } from "../../sim/chaos/campaign.js";
import {
  allFaults,
  type ChaosFaultKind,
  faultKinds,
  type FaultSelection,
} from "../../sim/chaos/chaos-options.js";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { type EngineName, engineNames, parseBoard, parseEngine, unknownName } from "../kit/option-values.js";
import { findByTypedName, typedName } from "../kit/names.js";
import { UsageError } from "../kit/usage-error.js";

/** What `tally chaos` is asked for. */
export interface ChaosRequest extends Pick<
  ChaosCampaignOptions,
  "seeds" | "days" | "selection" | "workers" | "board"
> {
  readonly engine: EngineName;
  readonly isJson: boolean;
}

type SeedRange = ChaosCampaignOptions["seeds"];

const defaultSeeds: SeedRange = Object.freeze({ from: 1, to: 100 });
const defaultDays = 30;
const defaultWorkers = 2;
const mostSeed = 0x7fff_ffff;
const wholeNumber = /^\d{1,10}$/;

const text: CommandText = {
  summary: "run many meters among faults of every kind",
  description:
    "Runs whole meters, each with the faults that its seed decides on, all at once: power cuts, resets, failing " +
    "flash, a bad modem, a bad network, a wrong clock, magnets. Checks registers, intervals and event logs with " +
    "the truth that only the simulator knows. A seed that fails is made smaller and can be run again exactly.",
  examples: [
    ["tally chaos", "100 meters for 30 days"],
    ["tally chaos --seeds 1..1000 --days 30 --json | jq .violations"],
    ["tally chaos --seeds 17..17 --days 30 --only outages,power-cuts"],
  ],
  notes: [
    `Kinds of faults: ${faultKinds.map(typedName).join(", ")}.`,
    "A seed decides which kinds strike, how often and when; leaving kinds out leaves the others as they are. From " +
      "8 days on, the last 4 are without faults, and everything has to converge within 3 of them.",
    "On a board with a single reed nothing flows back and no magnet comes: to that both are pulses as any other.",
  ],
  exitStatus: "0 when every promise was kept, 1 when one was broken, 2 for bad usage.",
};

/** Adds `chaos` to the program; `carryOut` gets what the user asked for. */
export function addChaosCommand(
  program: Command,
  carryOut: (request: ChaosRequest) => Promise<void>,
): Command {
  return addCommand(program, "chaos", text)
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
      new Option(
        "--board <name>",
        `the board that the meters are built on: ${boards.map(({ name }) => name).join(", ")}`,
      )
        .argParser(parseBoard)
        .default(undefined, "an ideal one"),
    )
    .addOption(
      new Option("--workers <number>", "threads, 1 to 64").argParser(parseWorkers).default(defaultWorkers),
    )
    .option("--json", "print one JSON object and nothing else on standard output")
    .action(async (given: ChaosRequest & { readonly only: FaultSelection; readonly json?: true }) =>
      carryOut({ ...given, selection: given.only, isJson: given.json ?? false }),
    );
}

function parseSeeds(text: string): SeedRange {
  const [first = "", last = first, ...rest] = text.split("..");
  const range = { from: Number(first), to: Number(last) };
  const isValid = wholeNumber.test(first) && wholeNumber.test(last) && rest.length === 0;
  if (isValid && range.from <= range.to && range.to <= mostSeed) return range;
  if (isValid && range.from > range.to)
    throw new UsageError(`--seeds takes the lower number first: ${range.to}..${range.from}, not "${text}"`);
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
  return new Set(text.split(",").map(parseKind));
}

function parseKind(name: string): ChaosFaultKind {
  const kind = findByTypedName(name, faultKinds);
  if (kind !== undefined) return kind;
  throw unknownName("fault", name, faultKinds.map(typedName));
}
