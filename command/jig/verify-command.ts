import type { Command } from "commander";
import { ExitCode } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";
import { RecordsError } from "../../jig/records/records-error.js";
import { countWithNoun } from "../../jig/report/number-text.js";
import { type RecordsVerification, verifyRecords } from "../../jig/records/verify.js";

export interface VerifyRequest {
  readonly database: string;
  /** Of an entry that must be there, hexadecimal. */
  readonly expectedDigest?: string;
}

const help = `
Example:
  $ tally jig verify records.db
  $ tally jig verify records.db --expect 5e1f...   # the digest that an earlier run printed

Exit status: 0 when the records are whole, 1 when an entry was altered or is missing, 2 when the file is no database
of records.`;

/** Adds `verify` to `tally jig`. */
export function addVerifyCommand(jig: Command, carryOut: (request: VerifyRequest) => void): Command {
  return jig
    .command("verify")
    .summary("check a station's records for alterations")
    .description(
      "Checks a station's records: each entry carries a digest of the one before it, so an entry that was altered, " +
        "removed or put in between breaks the chain. Prints the last digest; noted elsewhere, it shows with --expect " +
        "that nothing was cut off since.",
    )
    .argument("<database>", "the station's database")
    .option("--expect <digest>", "a digest that an earlier run printed, which has to be there still")
    .addHelpText("after", help)
    .action((database: string, { expect }: { readonly expect?: string }) => {
      carryOut({ database, ...(expect === undefined ? {} : { expectedDigest: expect }) });
    });
}

/**
 * `tally jig verify`.
 * @throws {UsageError} when the file is no database of records, or the digest is none.
 */
export function runVerify(
  { database, expectedDigest }: VerifyRequest,
  {
    output,
    errors,
    outputColours,
    errorColours,
  }: Pick<Surroundings, "output" | "errors" | "outputColours" | "errorColours">,
): ExitCode {
  if (expectedDigest !== undefined && !/^[0-9a-f]{64}$/i.test(expectedDigest))
    throw new UsageError(`--expect takes the 64 hexadecimal digits that an earlier run printed`);
  const { entries, attempts, head, problems } = verification(database, expectedDigest?.toLowerCase());
  for (const problem of problems) errors.write(`${errorColours.red("altered:")} ${problem}\n`);
  const span = `${countWithNoun(attempts, "attempt")} in ${entries} entries`;
  if (problems.length > 0) {
    output.write(`${database}: ${span}: the records are not whole\n`);
    return ExitCode.failure;
  }
  output.write(
    `${outputColours.green("✔")} ${database}: ${span}: the records are whole\n  last digest ${head}\n`,
  );
  return ExitCode.success;
}

function verification(database: string, expectedDigest: string | undefined): RecordsVerification {
  try {
    return verifyRecords(database, expectedDigest);
  } catch (error) {
    if (!(error instanceof RecordsError)) throw error;
    if (error.code === "broken") return { entries: 0, attempts: 0, head: "", problems: [error.message] };
    throw new UsageError(error.message, { cause: error });
  }
}
