import { type Command, Option } from "commander";
import { deepSeeds, defaultPlan, type PartName, partNames } from "../../sim/proof/proof-parts.js";
import { mutants } from "../../sim/proof/mutants.js";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { unknownName } from "../kit/option-values.js";
import { suggestion } from "../kit/closest-name.js";
import { UsageError } from "../kit/usage-error.js";

export interface ProveRequest {
  readonly parts: readonly PartName[];
  readonly seeds: number;
  /** Id of the one run to make. */
  readonly replay: string | undefined;
  /** Names of the mutants to put to the proof instead of the firmware. */
  readonly mutants: readonly string[] | undefined;
  readonly isJson: boolean;
}

/** As commander hands the options over. */
interface ProveOptions {
  readonly part?: readonly PartName[];
  readonly seeds?: number;
  readonly deep?: true;
  readonly replay?: string;
  readonly mutant?: readonly string[];
  readonly json?: true;
}

const mostSeeds = 10_000_000;

const mutantNames = mutants.map(({ name }) => name);

const text: CommandText = {
  summary: "cut the power everywhere: is anything lost?",
  description:
    "Puts the firmware to the proof, from wake to sleep: the power is cut at every flash operation in every way " +
    "a cut can go, cut again while the meter recovers, bits are flipped and sectors go bad. After each the meter " +
    "must show what it had promised.",
  examples: [
    ["tally prove", "the whole proof, in two to three minutes on two free cores"],
    ["tally prove --deep", `with ${deepSeeds} seeds instead of ${defaultPlan.seeds}`],
    ["tally prove --part seeds --seeds 20000", "one part of it"],
    ["tally prove --replay cut/long/812.weak-2.power", "the story of one run"],
    ["tally prove --mutant all", "is every planted bug found?"],
    ["tally prove --mutant no-crc --part cuts", "does one part find this one?"],
  ],
  notes: [
    `Every run has an id, by which it can be made again exactly. The parts are ${partNames.join(", ")}.`,
    `Planted bugs: ${mutantNames.join(", ")}.`,
  ],
  exitStatus:
    "0 when every invariant held (with --mutant: when every mutant was caught), 1 otherwise, 2 for bad usage.",
};

/** Adds `prove` to the program; `carryOut` gets what the user asked for. */
export function addProveCommand(
  program: Command,
  carryOut: (request: ProveRequest) => Promise<void>,
): Command {
  return addCommand(program, "prove", text)
    .addOption(new Option("--part <name...>", "only these parts (default: all of them)").argParser(parsePart))
    .addOption(
      new Option("--seeds <number>", `runs with three to six cuts at random (default: ${defaultPlan.seeds})`)
        .argParser(parseSeeds)
        .conflicts("deep"),
    )
    .option("--deep", `${deepSeeds} such runs`)
    .addOption(
      new Option("--replay <id>", "make one run again and tell its story").conflicts([
        "json",
        "deep",
        "seeds",
        "part",
      ]),
    )
    .addOption(
      new Option("--mutant <name>", "put a planted bug to the proof, or all of them")
        .argParser(parseMutant)
        .conflicts("replay"),
    )
    .option("--json", "print one JSON object and nothing else on standard output")
    .action(async (options: ProveOptions) => carryOut(requestOf(options)));
}

function requestOf({ part, seeds, deep, replay, mutant, json }: ProveOptions): ProveRequest {
  return {
    parts: partNames.filter((name) => part?.includes(name) ?? true),
    seeds: seeds ?? (deep ? deepSeeds : defaultPlan.seeds),
    replay,
    mutants: mutant,
    isJson: json ?? false,
  };
}

/** Adds one part to those before it. */
function parsePart(text: string, before: readonly PartName[] = []): readonly PartName[] {
  const part = partNames.find((name) => name === text);
  if (part !== undefined) return [...before, part];
  throw unknownName("part", text, partNames);
}

function parseSeeds(text: string): number {
  const seeds = /^\d{1,8}$/.test(text) ? Number(text) : NaN;
  if (seeds >= 1 && seeds <= mostSeeds) return seeds;
  throw new UsageError(`--seeds takes a whole number from 1 to ${mostSeeds}, not "${text}"`);
}

function parseMutant(text: string): readonly string[] {
  if (text === "all") return mutantNames;
  if (mutantNames.includes(text)) return [text];
  throw new UsageError(
    `unknown mutant "${text}"${suggestion(text, mutantNames)}; \`tally prove --help\` lists those that there are`,
  );
}
