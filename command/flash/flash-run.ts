import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { missingTools } from "#bin/sdk.js";
import { buildImageFile } from "../image/build-run.js";
import { sdkStep } from "../image/build-steps.js";
import { imagePlaces, removeOldBuild } from "../image/image-places.js";
import { requireWiring } from "../image/require-wiring.js";
import { runStep, commandLineOf, type ToolStep } from "../image/tool-step.js";
import { ExitCode } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";
import type { FlashRequest } from "./flash-command.js";
import { readSigningKey } from "./signing-key.js";
import { productionFolder, writeProductionConfiguration } from "./production-configuration.js";

/**
 * `tally flash`.
 * @throws {UsageError} when the board's wiring is wrong, or a file or a tool is missing or of another version.
 */
export async function runFlash(request: FlashRequest, surroundings: Surroundings): Promise<ExitCode> {
  const { board, product, isProduction, signingKey, isDryRun } = request;
  const { output, errors, errorColours } = surroundings;
  requireWiring(board, surroundings);
  const key = signingKey === undefined ? undefined : readSigningKey(signingKey);
  const missing = missingTools(process.env);
  if (isDryRun) {
    if (missing !== undefined) errors.write(`${errorColours.yellow("warning:")} ${missing}\n`);
    if (isProduction) output.write(`# ${productionNote(request)}\n`);
    for (const step of [sdkStep(request, "build", environmentOf(request)), ...deploySteps(request)])
      output.write(`${commandLineOf(step)}\n`);
    return ExitCode.success;
  }
  if (missing !== undefined) throw new UsageError(missing);
  if (isProduction) writeProductionConfiguration(board.name, signingKey);
  const places = imagePlaces(request);
  const build = {
    choice: request,
    // What is sealed is made of nothing that was there before.
    since: removeOldBuild(places, isProduction),
    environment: environmentOf(request),
    signingKey: key,
  };
  const problem = (await buildImageFile(build, surroundings)) ?? (await deploy(request, surroundings));
  if (problem !== undefined) {
    errors.write(`${errorColours.red("error:")} ${problem}\n`);
    return ExitCode.failure;
  }
  output.write(
    deploySteps(request).length > 0
      ? `${board.name} is flashed as a ${product.name} meter\n`
      : `built ${places.copied}, not flashed: the first start of a production image burns eFuses for good\n`,
  );
  return ExitCode.success;
}

/** What went wrong, in one line; undefined when nothing did, or nothing is to be flashed. */
async function deploy(request: FlashRequest, surroundings: Surroundings): Promise<string | undefined> {
  // Where the SDK notes the board that it has found; it makes the folder only when it builds there.
  mkdirSync(join(process.env["MODDABLE"] ?? "", "build", "tmp", "esp32"), { recursive: true });
  for (const step of deploySteps(request)) {
    const { status, lines } = await runStep(step, surroundings);
    // It goes on without a port all the same.
    if (lines.some((line) => line.startsWith("Failed to find a suitable device")))
      return "flashing failed: there is no board at any port; connect it, or name its port with --port";
    if (status !== 0) return `flashing failed: mcconfig ended with status ${status}`;
  }
  return undefined;
}

/** What a dry run has to say of a production image beside the commands. */
function productionNote({ board, signingKey, mayBurnFuses }: FlashRequest): string {
  const configuration = join(productionFolder(board.name), "sdkconfig.defaults");
  const signing = signingKey === undefined ? "unsigned" : `signed with ${signingKey}`;
  const end = mayBurnFuses
    ? "flashed: its first start burns eFuses for good"
    : "left to the factory: nothing is flashed";
  return `${configuration} is written first; the image is ${signing} and ${end}`;
}

function deploySteps(request: FlashRequest): ToolStep[] {
  if (request.isProduction && !request.mayBurnFuses) return [];
  return [sdkStep(request, "deploy", environmentOf(request))];
}

function environmentOf({ board, isProduction, port }: FlashRequest): Record<string, string> {
  return {
    ...(isProduction ? { SDKCONFIGPATH: productionFolder(board.name) } : {}),
    ...(port === undefined ? {} : { UPLOAD_PORT: port }),
  };
}
