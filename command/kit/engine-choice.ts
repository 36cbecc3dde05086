import type { BuildProgress } from "../../sim/engines/build/build-program.js";
import type { EngineFactory } from "../../sim/chip/boundary/engine.js";
import { engineFactories } from "../../sim/engines/engines.js";
import { buildImage } from "../../sim/engines/rv32/build-image.js";
import { buildXsProgram } from "../../sim/engines/xs/build-xs-program.js";
import type { EngineName } from "./option-values.js";
import { UsageError } from "./usage-error.js";

/**
 * Makes an engine ready, which for XS means to compile it the first time; that is no part of the run.
 * @throws {UsageError} when it can't be compiled.
 */
export async function prepareEngine(name: EngineName, onProgress: BuildProgress): Promise<EngineFactory> {
  try {
    if (name === "xs") await buildXsProgram(onProgress);
    if (name === "rv32") await buildImage(undefined, undefined, onProgress);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--engine ${name}: ${problem} (or use --engine node)`, { cause: error });
  }
  return engineFactories[name];
}
