import type { Command, Option } from "commander";
import { UsageError } from "./usage-error.js";

/**
 * Has each command below `program` refuse an option with a value that is given twice: the last one would count, and nobody
 * be told. Options that may be repeated begin with a list.
 */
export function refuseRepeatedOptions(program: Command): void {
  for (const command of program.commands) {
    for (const option of command.options.filter((each) => takesOneValue(each))) {
      let isGiven = false;
      command.on(`option:${option.name()}`, () => {
        if (isGiven) throw new UsageError(`${option.long ?? option.flags} is given twice`);
        isGiven = true;
      });
    }
    refuseRepeatedOptions(command);
  }
}

function takesOneValue({ required, optional, variadic, defaultValue }: Option): boolean {
  const isList = Array.isArray(defaultValue) || defaultValue instanceof Map;
  return (required || optional) && !variadic && !isList;
}

/**
 * `npm run flash --board esp32c6` hands the value on alone, and keeps the option in its own settings; of --dry-run nothing
 * would be left.
 * @throws {UsageError} when npm has kept an option of the command.
 */
export function requireOptionsFromNpm(
  command: Command,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const { npm_lifecycle_event: script = "" } = environment;
  if (script !== command.name() && script !== "start") return;
  const kept = command.options.find(
    ({ long, hidden }) => !hidden && long != null && (environment[settingOf(long)] ?? "") !== "",
  );
  if (kept === undefined) return;
  const call = script === "start" ? "npm start" : `npm run ${script}`;
  throw new UsageError(
    `npm has kept ${kept.long ?? ""} for itself: put -- before the options, as in \`${call} -- ${kept.flags}\``,
  );
}

function settingOf(long: string): string {
  return `npm_config_${long.replace(/^--/, "").replaceAll("-", "_")}`;
}
