import type { Command } from "commander";
import type { ExitCode } from "./failures.js";
import type { Surroundings } from "./surroundings.js";

/** Adds commands to the program and returns all of them. */
export type AddCommands = (
  program: Command,
  surroundings: Surroundings,
  setExitCode: (exitCode: ExitCode) => void,
) => readonly Command[];
