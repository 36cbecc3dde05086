import { type Command, Option } from "commander";
import type { Product } from "../../firmware/products/product.js";
import { products } from "../../firmware/products/products.js";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { parseProduct } from "../kit/option-values.js";

/** What `tally settings` is asked for. */
export interface SettingsRequest {
  readonly product: Product;
  readonly isJson: boolean;
}

const text: CommandText = {
  summary: "what can be set in a meter, and its limits",
  description:
    "Lists every setting of a kind of meter: its name, what a meter has that was told nothing else, who may change it, " +
    "what it does, and its limits.",
  examples: [
    ["tally settings"],
    ["tally settings --product gas"],
    ["tally settings --json | jq '.settings[].name'"],
    ["tally sim --set interval-seconds=900", "a run with a setting of its own"],
  ],
  exitStatus: "0 when the settings are listed, 2 for bad usage.",
};

/** Adds `settings` to the program; `carryOut` gets what the user asked for. */
export function addSettingsCommand(
  program: Command,
  carryOut: (request: SettingsRequest) => Promise<void>,
): Command {
  return addCommand(program, "settings", text)
    .addOption(
      new Option("--product <name>", `kind of meter: ${products.map(({ name }) => name).join(", ")}`)
        .argParser(parseProduct)
        .default(parseProduct("water"), "water"),
    )
    .option("--json", "print one JSON object and nothing else on standard output")
    .action(async ({ product, json }: { readonly product: Product; readonly json?: true }) =>
      carryOut({ product, isJson: json ?? false }),
    );
}
