import type { Command } from "commander";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { requireDatabase } from "./require-database.js";

/** What `tally jig unit` is asked for. */
export interface JigUnitRequest {
  readonly database: string;
  readonly identifier: string;
  readonly isJson: boolean;
}

const text: CommandText = {
  summary: "what is known of one unit",
  description: "Tells what belongs to a unit, which keys were made for it, and every attempt at it.",
  examples: [["tally jig unit --database records.db W00000017"]],
  exitStatus: "0 when the unit is known, 1 when it is not, 2 when the file is no database of records.",
};

/** Adds `unit` to `tally jig`. */
export function addJigUnitCommand(
  jig: Command,
  carryOut: (request: JigUnitRequest) => Promise<void>,
): Command {
  return addCommand(jig, "unit", text)
    .argument("<identifier>", "its serial number, hardware id, IMEI, ICCID or key id")
    .option("--database <file>", "the station's records")
    .option("--json", "as one JSON object")
    .action(async (identifier: string, given: { readonly database?: string; readonly json?: true }) =>
      carryOut({
        database: requireDatabase("unit", given.database),
        identifier,
        isJson: given.json ?? false,
      }),
    );
}
