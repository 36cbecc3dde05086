import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { projectFolder } from "../sim/engines/build/project-folder.js";
import { LegalSourceError } from "../sim/run/legal-checksum.js";
import { addChaosCommand } from "./chaos/chaos-command.js";
import { addFlashCommand } from "./flash/flash-command.js";
import { addImageCommand } from "./image/image-command.js";
import { addShowCommand } from "./image/show-command.js";
import { addJigCommand } from "./jig/jig-command.js";
import { addReportCommand } from "./jig/report-command.js";
import { addJigUnitCommand } from "./jig/unit-command.js";
import { addVerifyCommand } from "./jig/verify-command.js";
import { ExitCode, explainFailure, stackText } from "./kit/failures.js";
import { refuseRepeatedOptions, requireOptionsFromNpm } from "./kit/given-options.js";
import { mostColumns } from "./kit/help-text.js";
import { printable } from "./kit/printable.js";
import type { Surroundings } from "./kit/surroundings.js";
import { UsageError } from "./kit/usage-error.js";
import { unknownCommand, usageReporter } from "./kit/usage-report.js";
import { addProveCommand } from "./prove/prove-command.js";
import { addSettingsCommand } from "./settings/settings-command.js";
import { addSimCommand } from "./sim/sim-command.js";
import type { CreateSimulation } from "./sim/sim-run.js";
import { addUnitCommand } from "./unit/unit-command.js";
import { addVerifyLogCommand } from "./verify-log/verify-log-command.js";

export interface TallyOptions {
  readonly createSimulation?: CreateSimulation;
}

/**
 * The `tally` command.
 * @param argv what follows the command's name
 * @returns the exit code; errors have been told on `surroundings.errors`.
 */
export async function runTally(
  argv: readonly string[],
  surroundings: Surroundings,
  { createSimulation }: TallyOptions = {},
): Promise<ExitCode> {
  const { errors, errorColours } = surroundings;
  const program = createProgram(surroundings);
  let exitCode: ExitCode = ExitCode.success;
  addCommands(program, surroundings, createSimulation, (code) => {
    exitCode = code;
  });
  refuseRepeatedOptions(program);
  try {
    for (const command of program.commands.filter((each) => each.name() === argv[0]))
      requireOptionsFromNpm(command, process.env);
    await program.parseAsync(spelledOut(argv, program), { from: "user" });
    return exitCode;
  } catch (error) {
    const failure = explainFailure(asBadInput(error));
    const [first, ...rest] = failure.lines.map(printable);
    if (first !== undefined) errors.write(`${errorColours.red("error:")} ${first}\n`);
    for (const line of rest) errors.write(`${line}\n`);
    if (argv.includes("--debug") && first !== undefined) errors.write(`${stackText(error)}\n`);
    return failure.exitCode;
  }
}

/** Whatever command asks for the checksum, a checkout that can't give it is input to be put right. */
function asBadInput(error: unknown): unknown {
  return error instanceof LegalSourceError ? new UsageError(error.message, { cause: error }) : error;
}

/**
 * `tally help jig report` is `tally jig report --help`.
 * @throws {UsageError} for a word that is empty, and where help is asked for on a command that is not there.
 */
function spelledOut(argv: readonly string[], program: Command): string[] {
  const empty = argv.findIndex((word) => word === "" || /^--[\w-]+=$/.test(word));
  if (empty >= 0) {
    const option = argv[empty]?.slice(0, -1) || argv.slice(0, empty).at(-1);
    const place = option === undefined ? "" : `after ${option} `;
    throw new UsageError(`the command line has an empty word ${place}where a value should be`);
  }
  const [first, ...rest] = argv;
  const words = first === "help" ? [...rest, "--help"] : [...argv];
  if (words.includes("--help") || words.includes("-h")) requireCommands(program, words);
  return words;
}

/** Words before the first option are commands, as long as there are any below. */
function requireCommands(program: Command, words: readonly string[]): void {
  let command = program;
  for (const word of words) {
    if (word.startsWith("-") || command.commands.length === 0) return;
    const next = command.commands.find((each) => each.name() === word);
    if (!next) throw new UsageError(unknownCommand(command, word));
    command = next;
  }
}

/** Each command's own work is loaded when it is called for. */
function addCommands(
  program: Command,
  surroundings: Surroundings,
  createSimulation: CreateSimulation | undefined,
  setExitCode: (exitCode: ExitCode) => void,
): void {
  program.commandsGroup("Simulate a meter:");
  addSimCommand(program, async (request) => {
    const { runSim } = await import("./sim/sim-run.js");
    setExitCode(await runSim(request, surroundings, createSimulation));
  });
  addUnitCommand(program, async (request) => {
    const { runUnit } = await import("./unit/unit-run.js");
    setExitCode(await runUnit(request, surroundings));
  });
  program.commandsGroup("Test the firmware:");
  addChaosCommand(program, async (request) => {
    const { runChaos } = await import("./chaos/chaos-run.js");
    setExitCode(await runChaos(request, surroundings));
  });
  addProveCommand(program, async (request) => {
    const { runProve } = await import("./prove/prove-run.js");
    setExitCode(await runProve(request, surroundings));
  });
  program.commandsGroup("Make meters:");
  addFlashCommand(program, async (request) => {
    const { runFlash } = await import("./flash/flash-run.js");
    setExitCode(await runFlash(request, surroundings));
  });
  addImageCommands(program, surroundings, setExitCode);
  addJigCommands(program, surroundings, setExitCode);
  program.commandsGroup("Look up and check:");
  addSettingsCommand(program, async (request) => {
    const { runSettings } = await import("./settings/settings-run.js");
    setExitCode(runSettings(request, surroundings));
  });
  addVerifyLogCommand(program, async (path) => {
    const { runVerifyLog } = await import("./verify-log/verify-log-run.js");
    setExitCode(runVerifyLog(path, surroundings));
  });
}

function addImageCommands(
  program: Command,
  surroundings: Surroundings,
  setExitCode: (exitCode: ExitCode) => void,
): void {
  const image = addImageCommand(program, async (request) => {
    const { runImage } = await import("./image/image-run.js");
    setExitCode(await runImage(request, surroundings));
  });
  addShowCommand(image, async (request) => {
    const { runShow } = await import("./image/show-run.js");
    setExitCode(runShow(request, surroundings));
  });
}

function addJigCommands(
  program: Command,
  surroundings: Surroundings,
  setExitCode: (exitCode: ExitCode) => void,
): void {
  const jig = addJigCommand(program, async (request) => {
    const { runJig } = await import("./jig/jig-run.js");
    setExitCode(await runJig(request, surroundings));
  });
  addReportCommand(jig, async (request) => {
    const { runReport } = await import("./jig/report-run.js");
    setExitCode(runReport(request, surroundings, Date.now()));
  });
  addJigUnitCommand(jig, async (request) => {
    const { runJigUnit } = await import("./jig/unit-run.js");
    setExitCode(runJigUnit(request, surroundings));
  });
  addVerifyCommand(jig, async (request) => {
    const { runVerify } = await import("./jig/verify-run.js");
    setExitCode(runVerify(request, surroundings));
  });
}

function createProgram({ output, errors, outputColours, errorColours }: Surroundings): Command {
  const program = new Command("tally");
  return program
    .description("Firmware for water and gas meters, and a simulator that runs it for years in seconds.")
    .usage("<command> [options]")
    .enablePositionalOptions()
    .version(version(), "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .option("--debug", "after any command: show where an error comes from")
    .configureHelp({ minWidthToWrap: 20, subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: (text) => errors.write(text),
      getOutHelpWidth: () => Math.min(output.columns ?? mostColumns, mostColumns),
      getErrHelpWidth: () => Math.min(errors.columns ?? mostColumns, mostColumns),
      getOutHasColors: () => outputColours.level > 0,
      getErrHasColors: () => errorColours.level > 0,
      // `usageReporter` says it in one line.
      outputError: () => undefined,
    })
    .addHelpText(
      "after",
      "\nExample:\n  $ tally sim --days 30 --seed 1\n\n`tally <command> --help` tells more of a command.",
    )
    .exitOverride(usageReporter(program));
}

function version(): string {
  const description = readFileSync(join(projectFolder(), "package.json"), "utf8");
  return (JSON.parse(description) as { readonly version: string }).version;
}
