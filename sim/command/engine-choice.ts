import type { EngineFactory } from "../engines/engine.js";
import { NodeEngine } from "../engines/node/node-engine.js";
import { type BuildProgress, buildHost } from "../engines/xs/build-host.js";
import { createXsEngine } from "../engines/xs/xs-engine.js";
import type { EngineName } from "./option-values.js";
import { UsageError } from "./usage-error.js";

/**
 * Makes an engine ready, which for XS means to compile its host the first time; that is no part of the run.
 * @throws {UsageError} when the host can't be compiled.
 */
export async function prepareEngine(name: EngineName, onProgress: BuildProgress): Promise<EngineFactory> {
  if (name === "node") return (call) => new NodeEngine(call);
  try {
    await buildHost(onProgress);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--engine xs: ${problem} (or use --engine node)`, { cause: error });
  }
  return (call) => createXsEngine(call);
}
