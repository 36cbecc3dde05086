import type { Command, CommanderError } from "commander";
import { suggestion } from "./closest-name.js";
import { UsageError } from "./usage-error.js";

/** Turns commander's complaint about `command` into one line that says what to do. */
export function usageReporter(command: Command): (error: CommanderError) => never {
  return (error) => {
    if (error.exitCode === 0 || error.code === "commander.help") throw error;
    throw new UsageError(complaint(error, command), { cause: error });
  };
}

function complaint({ code, message }: CommanderError, command: Command): string {
  const text = message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
  const name = fullName(command);
  const [, quoted = ""] = /'([^']*)'/.exec(text) ?? [];
  const [suggested] = /\(Did you mean .*\?\)/.exec(text) ?? [];
  const hint = suggested === undefined ? "" : ` ${suggested}`;
  switch (code) {
    case "commander.unknownOption":
      return `${name} has no option ${quoted}${hint}; \`${name} --help\` lists what it has`;
    case "commander.unknownCommand":
      return unknownCommand(command, quoted);
    case "commander.excessArguments":
      if (command.commands.length > 0) return unknownCommand(command, command.args[0] ?? "");
      return `${name} takes ${argumentsText(command)}; \`${name} --help\` shows how`;
    case "commander.missingArgument":
      return `${name} needs <${quoted}>: ${argumentOf(command, quoted)}`;
    case "commander.missingMandatoryOptionValue":
      return `${name} needs ${quoted}: ${descriptionOf(command, quoted)}`;
    case "commander.optionMissingArgument":
      return `${quoted} lacks its value: ${descriptionOf(command, quoted)}`;
    case "commander.conflictingOption":
      return text.replaceAll(/option '([^']*)'/g, "$1").replace(" cannot be used with ", " can't go with ");
    default:
      return text;
  }
}

/** Says so, and which there are. */
export function unknownCommand(command: Command, name: string): string {
  const known = command.commands.map((each) => each.name());
  return `${fullName(command)} has no command ${name}${suggestion(name, known)}; it has ${known.join(", ")}`;
}

/** As it is typed: `tally jig report`. */
export function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}

function argumentsText({ registeredArguments }: Command): string {
  if (registeredArguments.length === 0) return "options only";
  return `only ${registeredArguments.map((argument) => `<${argument.name()}>`).join(" ")} beside its options`;
}

function argumentOf({ registeredArguments }: Command, name: string): string {
  return registeredArguments.find((argument) => argument.name() === name)?.description ?? "";
}

function descriptionOf({ options }: Command, flags: string): string {
  return options.find((option) => option.flags === flags)?.description ?? "";
}
