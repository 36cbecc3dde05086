import { type Command, Option } from "commander";
import {
  dateOrders,
  decimalSigns,
  standings,
  timeUnits,
  type TraceReading,
} from "../../sim/world/demand/trace/trace-reading.js";
import { knownVolumeUnits, unitMeaning } from "../../sim/world/demand/trace/volume-unit.js";
import { knownName } from "../kit/option-values.js";
import { UsageError } from "../kit/usage-error.js";

/** What each option of a trace's reading is called on the command line. */
const optionNames: Readonly<Record<keyof TraceReading, string>> = {
  column: "--column",
  timeColumn: "--time-column",
  timeUnit: "--time-unit",
  dateOrder: "--date-order",
  decimal: "--decimal",
  volumeUnit: "--volume-unit",
  cumulative: "--cumulative",
};

/** Adds the options that say how a trace is to be read where it can be read in two ways. */
export function addTraceOptions(command: Command): Command {
  return command
    .option("--column <name>", "of a trace: the column of pulses or volumes, by name or number")
    .option("--time-column <name>", "of a trace: the column of times, by name or number")
    .addOption(
      new Option(
        "--time-unit <unit>",
        `of a trace: what numbers in it count, ${timeUnits.join(", ")}`,
      ).argParser((text) => knownName("time unit", text, timeUnits)),
    )
    .addOption(
      new Option(
        "--date-order <order>",
        `of a trace: how its dates stand, ${dateOrders.join(", ")}`,
      ).argParser((text) => knownName("date order", text, dateOrders)),
    )
    .addOption(
      new Option("--decimal <sign>", `of a trace: its decimal sign, ${decimalSigns.join(", ")}`).argParser(
        (text) => knownName("decimal sign", text, decimalSigns),
      ),
    )
    .addOption(
      new Option("--volume-unit <unit>", "of a trace: the unit of its volumes, or pulses").argParser(
        parseVolumeUnit,
      ),
    )
    .addOption(
      new Option(
        "--cumulative [how]",
        "of a trace: its column is a counter's standing: yes, no, or new-meter where it may go back",
      )
        .preset("yes")
        .argParser((text) => knownName("way of --cumulative", text, standings)),
    );
}

/**
 * The options of a trace's reading among all options.
 * @throws {UsageError} for one of them without a trace
 */
export function traceReading(options: TraceReading, trace: string | undefined): TraceReading {
  const names = Object.keys(optionNames) as (keyof TraceReading)[];
  const given = names.filter((name) => options[name] !== undefined);
  const [first] = given;
  if (first !== undefined && trace === undefined)
    throw new UsageError(`${optionNames[first]} says how a trace is to be read; give one with --trace`);
  return Object.fromEntries(given.map((name) => [name, options[name]]));
}

/** The words on the command line that say the same. */
export function traceReadingWords(reading: TraceReading): string[] {
  const names = Object.keys(optionNames) as (keyof TraceReading)[];
  return names.flatMap((name) => {
    const value = reading[name];
    return value === undefined ? [] : [optionNames[name], value];
  });
}

function parseVolumeUnit(text: string): string {
  const kind = unitMeaning(text)?.kind;
  if (kind === "volume" || kind === "pulses") return text;
  const twofold = kind === "twofold" ? " (mL or megalitres?)" : "";
  throw new UsageError(`--volume-unit takes pulses or one of ${knownVolumeUnits}, not "${text}"${twofold}`);
}
