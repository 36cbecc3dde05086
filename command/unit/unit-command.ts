import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { type Command, Option } from "commander";
import type { Product } from "../../firmware/products/product.js";
import { products } from "../../firmware/products/products.js";
import { type PlantedFault, unitFaults } from "../../sim/unit/unit-faults.js";
import {
  type EngineName,
  engineNames,
  knownName,
  parseEngine,
  parseProduct,
  parseSeed,
  parseUnitSpeed,
  parseSocket,
} from "../kit/option-values.js";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { missingFolder } from "../kit/file-problem.js";
import { UsageError } from "../kit/usage-error.js";

/** What `tally unit` is asked for. */
export interface UnitRequest {
  readonly product: Product;
  readonly engine: EngineName;
  readonly seed: number;
  readonly faults: readonly PlantedFault[];
  /** Times as fast as real time. */
  readonly speed: number;
  /** TCP port; 0 for any that is free. */
  readonly socket: number | undefined;
  /** Path of the pseudo-terminal. */
  readonly pty: string | undefined;
}

interface UnitCommandOptions extends Omit<UnitRequest, "faults"> {
  readonly fault: readonly PlantedFault[];
}

const text: CommandText = {
  summary: "one meter on the bench, behind a port",
  description:
    "Runs one simulated meter in a test fixture, in step with the clock, with faults or without, behind a TCP port " +
    "or a pseudo-terminal.",
  examples: [
    ["tally unit --socket 7000", "then: socat - TCP:localhost:7000, and press Enter"],
    ["tally unit --pty /tmp/meter --fault no-sim", "then: tally jig --port /tmp/meter …"],
  ],
  notes: [
    "The unit has its supply on, blank flash, and is not locked. What is said on its line is told in docs/service-port.md. It " +
      "runs until Ctrl-C. --pty needs socat (Debian: apt-get install socat).",
    `Faults: ${unitFaults.join(", ")}.`,
  ],
  exitStatus:
    "130 after Ctrl-C, 1 when the firmware or the pseudo-terminal failed, 2 for bad usage or a port in use.",
};

/** Adds `unit` to the program; `carryOut` gets what the user asked for. */
export function addUnitCommand(program: Command, carryOut: (request: UnitRequest) => Promise<void>): Command {
  return addCommand(program, "unit", text)
    .addOption(new Option("--socket <port>", "listen on this TCP port, 0 for any").argParser(parseSocket))
    .addOption(new Option("--pty <path>", "make a pseudo-terminal of this name").argParser(parseTerminal))
    .addOption(
      new Option("--fault <name>", "plant a fault; may be repeated")
        .argParser(parseFault)
        .default([], "none"),
    )
    .addOption(
      new Option("--product <name>", `kind of meter: ${products.map(({ name }) => name).join(", ")}`)
        .argParser(parseProduct)
        .default(products[0], "water"),
    )
    .addOption(
      new Option("--seed <number>", "decides its numbers and all chance").argParser(parseSeed).default(1),
    )
    .addOption(
      new Option("--engine <name>", `JavaScript engine: ${engineNames.join(", ")}`)
        .argParser(parseEngine)
        .default("xs", "xs"),
    )
    .addOption(
      new Option("--speed <number>", "times as fast as real time, 0.1 to 100")
        .argParser(parseUnitSpeed)
        .default(1),
    )
    .action(async ({ fault, ...options }: UnitCommandOptions) => {
      if ((options.socket === undefined) === (options.pty === undefined))
        throw new UsageError("tally unit takes either --socket <port> or --pty <path>");
      await carryOut({ ...options, faults: fault });
    });
}

/** Adds one fault to those before it. */
function parseFault(text: string, before: readonly PlantedFault[]): PlantedFault[] {
  const fault = knownName("fault", text, unitFaults);
  return before.includes(fault) ? [...before] : [...before, fault];
}

/** socat has its own use for most signs. */
function parseTerminal(text: string): string {
  if (!/^[\w./-]+$/.test(text))
    throw new UsageError(`--pty takes a path of letters, digits and . _ - /, not "${text}"`);
  const folder = dirname(text);
  if (existsSync(folder)) return text;
  throw new UsageError(`--pty ${text}: ${missingFolder(folder)}`);
}
