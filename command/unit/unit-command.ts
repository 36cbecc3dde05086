import { type Command, Option } from "commander";
import type { Product } from "../../firmware/products/product.js";
import { products } from "../../firmware/products/products.js";
import { type PlantedFault, unitFaults } from "../../sim/unit/unit-faults.js";
import {
  type EngineName,
  engineNames,
  parseEngine,
  parseProduct,
  parseSeed,
  parseUnitFault,
  parseUnitSpeed,
  parseSocket,
} from "../kit/option-values.js";
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

const help = `
Examples:
  $ tally unit --socket 7000                     then: socat - TCP:localhost:7000, and press Enter
  $ tally unit --pty /tmp/meter --fault no-sim   then: tally jig --port /tmp/meter …

The unit has its supply on, blank flash, and is not locked. What is said on its line is told in the README. It runs
until Ctrl-C. --pty needs socat (Debian: apt-get install socat).

Exit status: 130 after Ctrl-C, 1 when the firmware or the pseudo-terminal failed, 2 for bad usage or a port in use.`;

/** Adds `unit` to the program; `carryOut` gets what the user asked for. */
export function addUnitCommand(program: Command, carryOut: (request: UnitRequest) => Promise<void>): Command {
  return program
    .command("unit")
    .summary("one meter from the soldering line, behind a TCP port or a pseudo-terminal")
    .description(
      "Runs one simulated meter in a test fixture, in step with the clock, with faults or without.",
    )
    .addOption(new Option("--socket <port>", "listen on this TCP port, 0 for any").argParser(parseSocket))
    .option("--pty <path>", "make a pseudo-terminal of this name")
    .addOption(
      new Option("--fault <name>", `plant a fault, may be repeated: ${unitFaults.join(", ")}`)
        .argParser(parseUnitFault)
        .default([]),
    )
    .addOption(
      new Option("--product <name>", `kind of meter: ${products.map(({ name }) => name).join(", ")}`)
        .argParser(parseProduct)
        .default(products[0], "water"),
    )
    .addOption(new Option("--seed <n>", "decides its numbers and all chance").argParser(parseSeed).default(1))
    .addOption(
      new Option("--engine <name>", `JavaScript engine: ${engineNames.join(", ")}`)
        .argParser(parseEngine)
        .default("xs"),
    )
    .addOption(new Option("--speed <n>", "times as fast as real time").argParser(parseUnitSpeed).default(1))
    .addHelpText("after", help)
    .action(async ({ fault, ...options }: UnitCommandOptions) => {
      if ((options.socket === undefined) === (options.pty === undefined))
        throw new UsageError("unit takes either --socket <port> or --pty <path>");
      await carryOut({ ...options, faults: fault });
    });
}
