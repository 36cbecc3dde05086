import { readFileSync } from "node:fs";
import { LogFormatError, verifyEventLog } from "../../sim/run/event-log/verify.js";
import { ExitCode } from "../kit/failures.js";
import { fileProblem } from "../kit/file-problem.js";
import { printable } from "../kit/printable.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";

/**
 * `tally verify-log`.
 * @throws {UsageError} when the file can't be read or holds no event log.
 */
export function runVerifyLog(
  path: string,
  { output, errors, outputColours, errorColours }: Surroundings,
): ExitCode {
  const { serialNumber, firstSequence, lastSequence, problems } = verification(path);
  for (const problem of problems) errors.write(`${errorColours.red("altered:")} ${printable(problem)}\n`);
  const span = `entries ${firstSequence ?? "?"} to ${lastSequence ?? "?"}`;
  if (problems.length > 0) {
    output.write(`${path}: meter ${serialNumber}, ${span}: the chain is broken\n`);
    return ExitCode.failure;
  }
  output.write(`${outputColours.green("✔")} meter ${serialNumber}, ${span}: the chain is whole\n`);
  return ExitCode.success;
}

function verification(path: string): ReturnType<typeof verifyEventLog> {
  try {
    return verifyEventLog(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof LogFormatError) throw new UsageError(`${path}: ${error.message}`, { cause: error });
    throw new UsageError(`${path}: ${fileProblem(error)}`, { cause: error });
  }
}
