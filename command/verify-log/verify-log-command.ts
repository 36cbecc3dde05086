import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { LogFormatError, verifyEventLog } from "../../sim/run/event-log/verify.js";
import { ExitCode } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";

const help = `
Example:
  $ tally sim --days 40 --event-log events.json
  $ tally verify-log events.json

Exit status: 0 when the chain is whole, 1 when an entry was altered, 2 when the file is no event log.`;

/** Adds `verify-log` to the program; `carryOut` gets the path. */
export function addVerifyLogCommand(program: Command, carryOut: (path: string) => void): Command {
  return program
    .command("verify-log")
    .summary("check an exported event log for alterations")
    .description(
      "Checks an exported event log without the meter: each entry carries a digest of the one before it, so an " +
        "entry that was altered, removed or put in between breaks the chain.",
    )
    .argument("<file>", "a log written by `tally sim --event-log FILE`")
    .addHelpText("after", help)
    .action(carryOut);
}

/**
 * `tally verify-log`.
 * @throws {UsageError} when the file can't be read or holds no event log.
 */
export function verifyLog(
  path: string,
  { output, errors, outputColours, errorColours }: Surroundings,
): ExitCode {
  const { serialNumber, entries, firstSequence, lastSequence, problems } = verification(path);
  for (const problem of problems) errors.write(`${errorColours.red("altered:")} ${problem}\n`);
  const span = entries === 0 ? "no entries" : `entries ${firstSequence ?? "?"} to ${lastSequence ?? "?"}`;
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
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const reason = code === "ENOENT" ? "no such file" : code === "EISDIR" ? "is a folder" : code;
    throw new UsageError(`${path}: ${reason}`, { cause: error });
  }
}
