import { type Command, Option } from "commander";
import { helpText, type HelpText } from "./help-text.js";
import { UsageError } from "./usage-error.js";
import { fullName, usageReporter } from "./usage-report.js";

/** What people read of a command beside its options. */
export interface CommandText extends HelpText {
  /** For the list of commands: one line of a narrow terminal. */
  readonly summary: string;
  readonly description: string;
}

/** Adds a command to the program, or to another command. It knows its own options only. */
export function addCommand(parent: Command, name: string, text: CommandText): Command {
  const command = parent.command(name);
  return command
    .summary(text.summary)
    .description(text.description)
    .helpOption("-h, --help", "print this help")
    .addOption(new Option("--debug", "show where an error comes from").hideHelp())
    .addHelpText("after", () => helpText(text, columnsOf(command)))
    .enablePositionalOptions()
    .hook("preSubcommand", requireNoOptions)
    .exitOverride(usageReporter(command));
}

/** What is given before the name of a command below this one would be passed over in silence. */
function requireNoOptions(command: Command, called: Command): void {
  const given = command.options.find(
    (option) => !option.hidden && command.getOptionValueSource(option.attributeName()) === "cli",
  );
  if (given === undefined) return;
  throw new UsageError(
    `${given.long ?? given.flags} is an option of ${fullName(command)} alone; ` +
      `${fullName(called)} takes its own options, after its name`,
  );
}

function columnsOf(command: Command): number {
  return command.configureOutput().getOutHelpWidth?.() ?? 80;
}
