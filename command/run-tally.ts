import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { projectFolder } from "../sim/engines/build/project-folder.js";
import { Simulation } from "../sim/run/simulation.js";
import { addChaosCommand, runChaos } from "./chaos/chaos-command.js";
import type { AddCommands } from "./kit/add-commands.js";
import { ExitCode, explainFailure, stackText } from "./kit/failures.js";
import { addFlashCommand } from "./flash/flash-command.js";
import { runFlash } from "./flash/flash-run.js";
import { addProveCommand } from "./prove/prove-command.js";
import { runProve } from "./prove/prove-run.js";
import { addSimCommand } from "./sim/sim-command.js";
import { type CreateSimulation, runSim } from "./sim/sim-run.js";
import type { Surroundings } from "./kit/surroundings.js";
import { addUnitCommand } from "./unit/unit-command.js";
import { runUnit } from "./unit/unit-run.js";
import { UsageError } from "./kit/usage-error.js";
import { addVerifyLogCommand, verifyLog } from "./verify-log/verify-log-command.js";

export interface TallyOptions {
  readonly createSimulation?: CreateSimulation;
  /** Adds the commands that need the station. */
  readonly addCommands?: AddCommands;
}

/**
 * The `tally` command.
 * @param argv what follows the command's name
 * @returns the exit code; errors have been told on `surroundings.errors`.
 */
export async function runTally(
  argv: readonly string[],
  surroundings: Surroundings,
  {
    createSimulation = (options, now) => new Simulation(options, now),
    addCommands = () => [],
  }: TallyOptions = {},
): Promise<ExitCode> {
  const { errors, errorColours } = surroundings;
  const program = createProgram(surroundings);
  let exitCode: ExitCode = ExitCode.success;
  const sim = addSimCommand(program, async ({ given, isJson }) => {
    exitCode = await runSim(given, isJson, surroundings, createSimulation);
  });
  const verify = addVerifyLogCommand(program, (path) => {
    exitCode = verifyLog(path, surroundings);
  });
  const chaos = addChaosCommand(program, async (request) => {
    exitCode = await runChaos(request, surroundings);
  });
  const prove = addProveCommand(program, async (request) => {
    exitCode = await runProve(request, surroundings);
  });
  const flash = addFlashCommand(program, async (request) => {
    exitCode = await runFlash(request, surroundings);
  });
  const unit = addUnitCommand(program, async (request) => {
    exitCode = await runUnit(request, surroundings);
  });
  const added = addCommands(program, surroundings, (code) => {
    exitCode = code;
  });
  for (const command of [program, sim, chaos, prove, verify, flash, unit, ...added])
    command.exitOverride(usageReporter(command));
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    const failure = explainFailure(error);
    const [first, ...rest] = failure.lines;
    if (first !== undefined) errors.write(`${errorColours.red("error:")} ${first}\n`);
    for (const line of rest) errors.write(`${line}\n`);
    if (argv.includes("--debug") && first !== undefined) errors.write(`${stackText(error)}\n`);
    return failure.exitCode;
  }
}

function createProgram({ output, errors, outputColours, errorColours }: Surroundings): Command {
  return new Command("tally")
    .description("Smart-meter firmware, and a simulator that runs it for years in seconds.")
    .version(version(), "--version", "print the version")
    .option("--debug", "show where an error comes from")
    .helpOption("--help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: (text) => errors.write(text),
      getOutHelpWidth: () => output.columns ?? 100,
      getErrHelpWidth: () => errors.columns ?? 100,
      getOutHasColors: () => outputColours.level > 0,
      getErrHasColors: () => errorColours.level > 0,
      // `usageReporter` says it in one line.
      outputError: () => undefined,
    })
    .addHelpText("after", "\nExample:\n  $ tally sim --days 30 --seed 1\n\n`tally help sim` has more.");
}

/** Turns commander's complaint into one line that also names what is known. */
function usageReporter(command: Command): (error: CommanderError) => never {
  return (error) => {
    if (error.exitCode === 0 || error.code === "commander.help") throw error;
    const complaint = error.message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
    throw new UsageError(complaint + knownText(error.code, command), { cause: error });
  };
}

function knownText(code: string, command: Command): string {
  if (code === "commander.unknownOption") {
    const options = command.createHelp().visibleOptions(command);
    return `; ${command.name()} knows ${options.map(({ long }) => long).join(", ")}`;
  }
  if (code === "commander.missingMandatoryOptionValue") {
    const required = command.options.filter(({ mandatory }) => mandatory);
    return `; ${required.map(({ long, description }) => `${long ?? ""} takes a ${description}`).join("; ")}`;
  }
  if (code === "commander.unknownCommand")
    return `; known: ${command.commands.map((known) => known.name()).join(", ")}`;
  return "";
}

function version(): string {
  const description = readFileSync(join(projectFolder(), "package.json"), "utf8");
  return (JSON.parse(description) as { readonly version: string }).version;
}
