import type { Command } from "commander";
import { ExitCode } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import type { IdentityKind } from "../../jig/attempt/attempt-store.js";
import type { Genealogy } from "../../jig/records/genealogy.js";
import { minuteText } from "../../jig/report/number-text.js";
import { givenToReader, readRecords } from "./read-records.js";

export interface JigUnitRequest {
  readonly database: string;
  readonly identifier: string;
  readonly isJson: boolean;
}

const help = `
Example:
  $ tally jig unit --database records.db W00000017

Exit status: 0 when the unit is known, 1 when it is not, 2 when the file is no database of records.`;

/** Adds `unit` to `tally jig`. */
export function addJigUnitCommand(jig: Command, carryOut: (request: JigUnitRequest) => void): Command {
  return jig
    .command("unit")
    .summary("what a station's records know of one unit")
    .description("Tells what belongs to a unit, which keys were made for it, and every attempt at it.")
    .argument("<identifier>", "its serial number, hardware id, IMEI, ICCID or key id")
    .option("--database <file>", "the station's records")
    .option("--json", "as one JSON object")
    .addHelpText("after", help)
    .action((identifier: string, _options: unknown, command: Command) => {
      const { database, json } = givenToReader(command);
      carryOut({ database, identifier, isJson: json === true });
    });
}

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

const kindNames: Readonly<Record<IdentityKind, string>> = {
  serialNumber: "serial number",
  imei: "IMEI",
  iccid: "ICCID",
};

function genealogyText({ hardwareId, identities, keys, attempts }: Genealogy): string {
  const line = (name: string, value: string): string => `${name.padEnd(15)}${value}\n`;
  return [
    line("hardware id", hardwareId),
    ...identities.map(({ kind, value }) => line(kindNames[kind], value)),
    ...keys.map(({ keyId, isInUse }) => line("keys", `${keyId} ${isInUse ? "in use" : "spent"}`)),
    ...attempts.map(({ startedAtMilliseconds, outcome, station, slot, reason = "" }) =>
      line(
        "attempt",
        `${minuteText(startedAtMilliseconds)} UTC  ${outcome.padEnd(8)}${station}, slot ${slot}  ${reason}`.trimEnd(),
      ),
    ),
  ].join("");
}
