import { CommanderError } from "commander";
import { UsageError } from "./usage-error.js";

/** The exit codes of every command. */
export const ExitCode = Object.freeze({
  success: 0,
  /** A checker found a difference, or the firmware or the simulator itself failed. */
  failure: 1,
  /** Bad usage or input. */
  usage: 2,
  /** Ctrl-C: 128 and the number of SIGINT. */
  interrupted: 130,
} as const);
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The user pressed Ctrl-C. */
export class Interruption extends Error {
  override readonly name = "Interruption";
}

/** What was begun did not come to its end. The message is one line that says when and why. */
export class RunFailure extends Error {
  override readonly name = "RunFailure";
  /** The command that gives the same again, where there is one. */
  readonly repeat: string | undefined;

  constructor(message: string, cause: unknown, repeat?: string) {
    super(message, { cause });
    this.repeat = repeat;
  }
}

export interface ExplainedFailure {
  readonly exitCode: ExitCode;
  /** For standard error, one line each; none when everything has been said. */
  readonly lines: readonly string[];
}

/** What to tell a user about an error, and the exit code it stands for. */
export function explainFailure(error: unknown): ExplainedFailure {
  if (error instanceof CommanderError) {
    // Help and version have been printed; help for want of a command is bad usage all the same.
    const isAnswered = error.exitCode === 0;
    return { exitCode: isAnswered ? ExitCode.success : ExitCode.usage, lines: [] };
  }
  if (error instanceof Interruption) return { exitCode: ExitCode.interrupted, lines: [] };
  if (error instanceof RunFailure) {
    const repeat = error.repeat === undefined ? [] : [`repeat it with: ${error.repeat}`];
    return { exitCode: ExitCode.failure, lines: [oneLine(error.message), ...repeat] };
  }
  if (error instanceof UsageError) return { exitCode: ExitCode.usage, lines: [oneLine(error.message)] };
  const message = error instanceof Error ? error.message : String(error);
  return {
    exitCode: ExitCode.failure,
    lines: [`a fault of Tally itself: ${oneLine(message)} (--debug shows where)`],
  };
}

/** The stacks of an error and of what caused it. */
export function stackText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  return error.cause === undefined ? stack : `${stack}\ncaused by: ${stackText(error.cause)}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ").trim();
}
