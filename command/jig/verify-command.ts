import type { Command } from "commander";
import { addCommand, type CommandText } from "../kit/add-command.js";

export interface VerifyRequest {
  readonly database: string;
  /** Of an entry that must be there, hexadecimal. */
  readonly expectedDigest?: string;
}

const text: CommandText = {
  summary: "check the records for alterations",
  description:
    "Checks a station's records: each entry carries a digest of the one before it, so an entry that was altered, " +
    "removed or put in between breaks the chain. Prints the last digest; noted elsewhere, it shows with --expect " +
    "that nothing was cut off since.",
  examples: [
    ["tally jig verify records.db"],
    ["tally jig verify records.db --expect 5e1f…", "the digest that an earlier run printed"],
  ],
  exitStatus:
    "0 when the records are whole, 1 when an entry was altered or is missing, 2 when the file is no database of " +
    "records.",
};

/** Adds `verify` to `tally jig`. */
export function addVerifyCommand(jig: Command, carryOut: (request: VerifyRequest) => Promise<void>): Command {
  return addCommand(jig, "verify", text)
    .argument("<database>", "the station's records")
    .option("--expect <digest>", "a digest that an earlier run printed, which has to be there still")
    .action(async (database: string, { expect }: { readonly expect?: string }) =>
      carryOut({ database, ...(expect === undefined ? {} : { expectedDigest: expect }) }),
    );
}
