import { type Command, Option } from "commander";
import type { Product } from "../../firmware/products/product.js";
import { boards, type KnownBoard } from "../../manifests/boards/boards.js";
import { boardOf, chipBoardName } from "../kit/engine-choice.js";
import { products } from "../../firmware/products/products.js";
import {
  type DaySpan,
  type DemandName,
  demandNames,
  type EngineName,
  engineNames,
  parseBoard,
  parseDays,
  parseDemand,
  parseEngine,
  parseOutage,
  parsePersons,
  parseProduct,
  parseSeed,
  parseSetting,
  parseSpeed,
} from "../kit/option-values.js";
import type { NetworkSituation } from "../../sim/run/network-situations.js";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { networkForms, parseNetwork } from "./network-option.js";
import { meterSettings } from "./meter-settings.js";
import { defaultDays, type SimRequest } from "./sim-arguments.js";
import { addTraceOptions, traceReading } from "./trace-options.js";
import type { TraceReading } from "../../sim/world/demand/trace/trace-reading.js";

/** As commander hands the options over; absent ones keep their defaults. */
interface SimOptions extends TraceReading {
  readonly product: Product;
  readonly engine: EngineName;
  readonly board?: KnownBoard;
  readonly trace?: string;
  readonly demand: DemandName;
  readonly days?: number;
  readonly persons: number;
  readonly seed: number;
  readonly speed: number;
  readonly set: ReadonlyMap<string, number>;
  readonly outage: readonly DaySpan[];
  readonly network: readonly NetworkSituation[];
  readonly eventLog?: string;
  readonly readings?: string;
  readonly html?: string;
  readonly json?: true;
}

const defaultPersons = 4;

const boardHelp =
  `what the meter is built on: ${boards.map(({ name }) => name).join(", ")} ` +
  `(default: none in particular; with --engine chip ${chipBoardName})`;

const text: CommandText = {
  summary: "run one meter and compare with the truth",
  description:
    "Runs one meter from the reed's edge to the head-end's acknowledgement, and compares its register and what " +
    "the head-end got with the truth that only the simulator knows.",
  examples: [
    ["tally sim", "30 days of a household of four, on the XS engine"],
    ["tally sim --engine node --days 365", "a year, faster"],
    ["tally sim --trace week.csv", "a logger's record, for as long as it is"],
    ["tally sim --speed real", "watch the meter in real time"],
    ["tally sim --speed 3600 --days 2", "an hour each second"],
    ["tally sim --set interval-seconds=900", "intervals of 15 min"],
    ["tally sim --days 14 --outage 3..10", "a week without a network"],
    ["tally sim --days 14 --network no-sim@5", "a SIM that is gone from the sixth day on"],
    ["tally sim --html run.html", "pictures of the run, for a browser"],
    ["tally sim --engine node --json | jq .headEnd"],
  ],
  notes: [
    "A trace is CSV: preamble lines, a header, then rows with a time and the pulses, or the volume and its unit, " +
      "gathered up to that time, or a counter's standing. One that can be read in two ways is refused, with the " +
      "options that say which. docs/simulator.md has what is understood.",
  ],
  exitStatus:
    "0 when every pulse is accounted for, 1 when a checker found a difference, a day went beyond its bounds or the " +
    "firmware failed, 2 for bad usage or input, 130 after Ctrl-C, with a summary of what ran.",
};

/** Adds `sim` to the program; `carryOut` gets what the user asked for. */
export function addSimCommand(program: Command, carryOut: (request: SimRequest) => Promise<void>): Command {
  const command = addCommand(program, "sim", text)
    .addOption(
      new Option("--product <name>", `kind of meter: ${products.map(({ name }) => name).join(", ")}`)
        .argParser(parseProduct)
        .default(parseProduct("water"), "water"),
    )
    .addOption(
      new Option("--engine <name>", `JavaScript engine of the firmware: ${engineNames.join(", ")}`)
        .argParser(parseEngine)
        .default("xs", "xs"),
    )
    .addOption(new Option("--board <name>", boardHelp).argParser(parseBoard))
    .addOption(
      new Option("--trace <file>", "what flows: a recorded trace (CSV)").conflicts(["demand", "persons"]),
    )
    .addOption(
      new Option("--demand <name>", `what flows: a model, ${demandNames.join(", ")}`)
        .argParser(parseDemand)
        .default("household", "household"),
    )
    .addOption(
      new Option("--persons <number>", "who live in the household, 1 to 50")
        .argParser(parsePersons)
        .default(defaultPersons),
    );
  addTraceOptions(command)
    .addOption(
      new Option(
        "--days <number>",
        `how long, 0.01 to 36525 (default: ${defaultDays}, or the whole trace)`,
      ).argParser(parseDays),
    )
    .addOption(
      new Option("--seed <number>", "every choice of chance follows from it").argParser(parseSeed).default(1),
    )
    .addOption(
      new Option("--speed <factor>", "max, real, or how many times as fast as real time")
        .argParser(parseSpeed)
        .default(Infinity, "max"),
    )
    .addOption(
      new Option("--set <name=value...>", "settings of this meter; `tally settings` lists them")
        .argParser(parseSetting)
        .default(new Map<string, number>(), "none"),
    )
    .addOption(
      new Option("--outage <days>", "no network from one day to another, or the end: 3..5; may be repeated")
        .argParser(parseOutage)
        .default([], "none"),
    )
    .addOption(
      new Option("--network <what>", `what else is amiss: ${networkForms.join(", ")}; may be repeated`)
        .argParser(parseNetwork)
        .default([], "nothing"),
    );
  return addOutputOptions(command).action(async (options: SimOptions) => carryOut(requestOf(options)));
}

function addOutputOptions(command: Command): Command {
  return command
    .option("--event-log <file>", "write the meter's event log to a file at the end, for `tally verify-log`")
    .option("--readings <file>", "write what the head-end got, hour by hour, and battery and events, as CSV")
    .option("--html <file>", "write a page with pictures of the run, which needs nothing else")
    .option("--json", "print one JSON object and nothing else on standard output");
}

function requestOf(options: SimOptions): SimRequest {
  const { product, engine, trace, demand, persons, seed, speed } = options;
  const files = { eventLog: options.eventLog, readings: options.readings, html: options.html };
  const network = { outages: options.outage, networkSituations: options.network };
  const settings = meterSettings(product, options.set);
  const board = options.board ?? boardOf(engine);
  const days = options.days ?? (trace === undefined ? defaultDays : undefined);
  const reading = traceReading(options, trace);
  const meter = { product, engine, board, settings, seed, speed, ...network, ...files };
  return {
    given: { ...meter, trace, reading, demand, days, persons },
    isJson: options.json ?? false,
  };
}
