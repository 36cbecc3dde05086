import { existsSync, readFileSync } from "node:fs";
import { hasIdf, missingSdk, sdkVersions } from "#bin/sdk.js";
import { type ImageFigures, measureImage } from "../../sim/engines/rv32/image-figures.js";
import { missingRv32Tools } from "../../sim/engines/rv32/tools.js";
import { ExitCode } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";
import { buildImageFile } from "./build-run.js";
import { linkSteps } from "./build-steps.js";
import { diagnosticsIn } from "./diagnostics.js";
import { figureLines } from "./figures-report.js";
import type { ImageRequest } from "./image-command.js";
import { type ImageChoice, type ImagePlaces, imagePlaces, removeOldBuild } from "./image-places.js";
import { readLinkerFigures } from "./linker-figures.js";
import { requireWiring } from "./require-wiring.js";
import { runShow } from "./show-run.js";
import { runStep } from "./tool-step.js";

/**
 * `tally image`.
 * @throws {UsageError} when the board's wiring is wrong, or the SDK is missing or of another version.
 */
export async function runImage(request: ImageRequest, surroundings: Surroundings): Promise<ExitCode> {
  const { output, errors, errorColours } = surroundings;
  requireWiring(request.board, surroundings);
  const missing = missingSdk(process.env);
  if (missing !== undefined) throw new UsageError(missing);
  const choice: ImageChoice = { ...request, isProduction: false };
  const places = imagePlaces(choice);
  const since = removeOldBuild(places, true);
  const problems = await linkProblems(choice, places, surroundings);
  for (const problem of problems) errors.write(`${errorColours.red("error:")} ${problem}\n`);
  if (problems.length > 0) return ExitCode.failure;
  const name = `${request.board.name}, ${request.product.name}`;
  const { moddable, idf } = sdkVersions(process.env);
  output.write(`\n${name}: linked without a warning by the Moddable SDK ${moddable ?? "?"}\n\n`);
  const figures = readLinkerFigures(readFileSync(places.linked, "utf8"));
  for (const line of figureLines(figures, await rv32Figures(surroundings))) output.write(`${line}\n`);
  if (!hasIdf(process.env)) {
    output.write("\nIDF_PATH is not set: without ESP-IDF there is no image to build from this\n");
    return ExitCode.success;
  }
  output.write(`\nbuilding the image with ESP-IDF ${idf ?? "?"}\n`);
  const problem = await buildImageFile(
    { choice, since, environment: {}, signingKey: undefined },
    surroundings,
  );
  if (problem === undefined)
    return runShow({ file: places.copied, board: request.board, product: request.product }, surroundings);
  errors.write(`${errorColours.red("error:")} ${problem}\n`);
  return ExitCode.failure;
}

/** Whatever keeps what was linked from being faultless, a line each. */
async function linkProblems(
  choice: ImageChoice,
  { linked }: ImagePlaces,
  surroundings: Surroundings,
): Promise<string[]> {
  const problems: string[] = [];
  for (const step of linkSteps(choice)) {
    const { status, lines } = await runStep(step, surroundings);
    problems.push(...diagnosticsIn(lines));
    if (status !== 0) return [...problems, `${step.words[0] ?? ""} ended with status ${status}`];
  }
  if (!existsSync(linked)) problems.push(`the XS linker has left no ${linked}`);
  return problems;
}

/** Undefined, after a line that says why, where they can't be had. */
async function rv32Figures({ errors, errorColours }: Surroundings): Promise<ImageFigures | undefined> {
  const missing = await missingRv32Tools();
  if (missing === undefined) return measureImage();
  errors.write(`${errorColours.yellow("warning:")} no figures of the RV32 engine: ${missing}\n`);
  return undefined;
}
