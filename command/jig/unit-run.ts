import { inWords } from "../../jig/attempt/words.js";
import type { Genealogy } from "../../jig/records/genealogy.js";
import { minuteText } from "../../jig/report/number-text.js";
import { ExitCode } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import { readRecords } from "./read-records.js";
import type { JigUnitRequest } from "./unit-command.js";

/**
 * `tally jig unit`.
 * @throws {UsageError} when the file is no database of records.
 */
export function runJigUnit(
  { database, identifier, isJson }: JigUnitRequest,
  { output, errors }: Pick<Surroundings, "output" | "errors">,
): ExitCode {
  const unit = readRecords(database, (reader) => reader.unit(identifier));
  if (!unit) {
    errors.write(`${database}: ${identifier} belongs to no unit\n`);
    return ExitCode.failure;
  }
  output.write(isJson ? `${JSON.stringify(unit, null, 2)}\n` : genealogyText(unit));
  return ExitCode.success;
}

function genealogyText({ hardwareId, identities, keys, attempts }: Genealogy): string {
  const line = (name: string, value: string): string => `${name.padEnd(15)}${value}\n`;
  return [
    line("hardware id", hardwareId),
    ...identities.map(({ kind, value }) => line(inWords(kind), value)),
    ...keys.map(({ keyId, isInUse }) => line("keys", `${keyId} ${isInUse ? "in use" : "spent"}`)),
    ...attempts.map(({ startedAtMilliseconds, outcome, station, slot, reason = "" }) =>
      line(
        "attempt",
        `${minuteText(startedAtMilliseconds)} UTC  ${outcome.padEnd(8)}${station}, slot ${slot}  ${reason}`.trimEnd(),
      ),
    ),
  ].join("");
}
