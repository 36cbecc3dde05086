import { RecordsError } from "../../jig/records/records-error.js";
import { type RecordsVerification, verifyRecords } from "../../jig/records/verify.js";
import { countWithNoun } from "../../jig/report/number-text.js";
import { ExitCode } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";
import type { VerifyRequest } from "./verify-command.js";

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
