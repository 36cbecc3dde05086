import type { Command } from "commander";
import { addCommand, type CommandText } from "../kit/add-command.js";

const text: CommandText = {
  summary: "check an exported event log for alterations",
  description:
    "Checks an exported event log without the meter: each entry carries a digest of the one before it, so an " +
    "entry that was altered, removed or put in between breaks the chain.",
  examples: [["tally sim --days 40 --event-log events.json"], ["tally verify-log events.json"]],
  exitStatus: "0 when the chain is whole, 1 when an entry was altered, 2 when the file is no event log.",
};

/** Adds `verify-log` to the program; `carryOut` gets the path. */
export function addVerifyLogCommand(program: Command, carryOut: (path: string) => Promise<void>): Command {
  return addCommand(program, "verify-log", text)
    .argument("<file>", "a log written by `tally sim --event-log FILE`")
    .action(carryOut);
}
