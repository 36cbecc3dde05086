import { spawn } from "node:child_process";
import { projectFolder } from "../../sim/engines/build/project-folder.js";
import { Interruption } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import { toolEnvironment } from "./tool-environment.js";
import { shellWord } from "../kit/shell-word.js";

/** One call of a build tool, in the project's folder. */
export interface ToolStep {
  readonly words: readonly string[];
  /** Beside the environment that `tally` runs in. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ToolResult {
  readonly status: number;
  /** All that it said, on both of its streams. */
  readonly lines: readonly string[];
}

/**
 * Runs a step, after a line that shows it; what it says goes on to our streams.
 * @throws {Interruption} when the user pressed Ctrl-C; the tool has been told.
 */
export async function runStep(
  step: ToolStep,
  { output, errors, interrupt }: Pick<Surroundings, "output" | "errors" | "interrupt">,
): Promise<ToolResult> {
  output.write(`${commandLineOf(step)}\n`);
  const [tool = "", ...words] = step.words;
  const child = spawn(tool, words, {
    cwd: projectFolder(),
    env: { ...toolEnvironment(process.env), ...step.environment },
    stdio: ["ignore", "pipe", "pipe"],
    signal: interrupt,
  });
  const said: Buffer[] = [];
  for (const [from, to] of [[child.stdout, output] as const, [child.stderr, errors] as const])
    from.on("data", (bytes: Buffer) => {
      to.write(bytes);
      said.push(bytes);
    });
  const status = await new Promise<number>((resolve, reject) => {
    child.on("error", (error) => {
      reject(interrupt.aborted ? new Interruption(`${tool} was interrupted`) : error);
    });
    child.on("close", (code) => {
      resolve(code ?? 1);
    });
  });
  return { status, lines: Buffer.concat(said).toString().split("\n") };
}

/** As a person would type it in the project's folder. */
export function commandLineOf({ words, environment }: ToolStep): string {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return [...settings, ...words].map(shellWord).join(" ");
}
