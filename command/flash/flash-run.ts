import { existsSync } from "node:fs";
import { spawn } from "node:child_process";
import { findMcconfig, missingTools } from "#bin/sdk.js";
import { wiringNotes, wiringProblems } from "../../manifests/wiring/check.js";
import { projectFolder } from "../../sim/engines/build/project-folder.js";
import { legalChecksum } from "../../sim/run/legal-checksum.js";
import { ExitCode } from "../kit/failures.js";
import type { FlashRequest } from "./flash-command.js";
import { toolEnvironment } from "./tool-environment.js";
import { productionFolder, writeProductionConfiguration } from "./production-configuration.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";

/** One call of the SDK's build tool. */
interface BuildStep {
  readonly words: readonly string[];
  /** Beside the environment that `tally` runs in. */
  readonly environment: Readonly<Record<string, string>>;
}

const plainWord = /^[\w./:=@%+,-]+$/;

/**
 * `tally flash`.
 * @throws {UsageError} when a file or a tool is missing.
 */
export async function runFlash(request: FlashRequest, surroundings: Surroundings): Promise<ExitCode> {
  const { board, product, isProduction, signingKey, isDryRun } = request;
  const { output, errors, errorColours } = surroundings;
  const problems = wiringProblems(board.wiring, board.name);
  if (problems.length > 0) {
    errors.write(`${errorColours.red("error:")} the wiring of ${board.name}: ${problems.join("; ")}\n`);
    return ExitCode.failure;
  }
  for (const note of wiringNotes(board.wiring, board.name))
    errors.write(`${errorColours.yellow("warning:")} the wiring of ${board.name}: ${note}\n`);
  if (signingKey !== undefined && !existsSync(signingKey))
    throw new UsageError(
      `${signingKey}: there is no such key; \`espsecure generate-signing-key --version 2 FILE\` of ESP-IDF makes one`,
    );
  const missing = missingTools(process.env);
  if (isDryRun) {
    if (missing !== undefined) errors.write(`${errorColours.yellow("warning:")} ${missing}\n`);
    for (const step of stepsOf(request)) output.write(`${commandText(step)}\n`);
    return ExitCode.success;
  }
  if (missing !== undefined) throw new UsageError(missing);
  if (isProduction) writeProductionConfiguration(board.name, signingKey);
  for (const step of stepsOf(request)) {
    output.write(`${commandText(step)}\n`);
    const status = await runStep(step, surroundings);
    if (status !== 0) {
      errors.write(`${errorColours.red("error:")} mcconfig ended with status ${status}\n`);
      return ExitCode.failure;
    }
  }
  output.write(
    isProduction && !request.mayBurnFuses
      ? "built, not flashed: the first start of a production image burns eFuses for good\n"
      : `${board.name} is flashed as a ${product.name} meter\n`,
  );
  return ExitCode.success;
}

/** Building and flashing are two calls: `make` would run the two targets of one at the same time. */
function stepsOf({ board, product, isProduction, mayBurnFuses, port }: FlashRequest): BuildStep[] {
  const environment: Record<string, string> = {};
  if (isProduction) environment["SDKCONFIGPATH"] = productionFolder(board.name);
  if (port !== undefined) environment["UPLOAD_PORT"] = port;
  // What the image will tell of its legally relevant part, through the SDK's `mc/config`.
  const checksum = `meteringChecksum=${legalChecksum()}`;
  const step = (target: string): BuildStep => ({
    words: ["mcconfig", "-m", "-p", board.platform, "-t", target, `manifests/${product.name}.json`, checksum],
    environment,
  });
  return !isProduction || mayBurnFuses ? [step("build"), step("deploy")] : [step("build")];
}

function runStep(
  { words: [, ...words], environment }: BuildStep,
  { output, errors, interrupt }: Surroundings,
): Promise<number> {
  const child = spawn(findMcconfig(process.env) ?? "mcconfig", words, {
    cwd: projectFolder(),
    env: { ...toolEnvironment(process.env), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    signal: interrupt,
  });
  child.stdout.on("data", (bytes: Buffer) => output.write(bytes));
  child.stderr.on("data", (bytes: Buffer) => errors.write(bytes));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      resolve(status ?? 1);
    });
  });
}

/** As a person would type it in the project's folder. */
function commandText({ words, environment }: BuildStep): string {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return [...settings, ...words].map(quoted).join(" ");
}

function quoted(word: string): string {
  return plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
