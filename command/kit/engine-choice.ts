import type { BuildProgress } from "../../sim/engines/build/build-program.js";
import { buildChip } from "../../sim/engines/chip/build-chip.js";
import { type ChipOptions, createChipEngine } from "../../sim/engines/chip/chip-engine.js";
import { defaultBoard, type KnownBoard } from "../../manifests/boards/boards.js";
import type { EngineFactory } from "../../sim/chip/boundary/engine.js";
import { engineFactories } from "../../sim/engines/engines.js";
import { buildImage } from "../../sim/engines/rv32/build-image.js";
import { buildXsProgram } from "../../sim/engines/xs/build-xs-program.js";
import type { EngineName } from "./option-values.js";
import { UsageError } from "./usage-error.js";

/** Of a chip unless another is asked for. */
export const chipBoardName = defaultBoard.name;

/** The board that an engine is on unless another is asked for: only a whole chip is on one. */
export function boardOf(name: EngineName): KnownBoard | undefined {
  return name === "chip" ? defaultBoard : undefined;
}

/**
 * Makes an engine ready, which for XS means to compile it the first time; that is no part of the run.
 * @param image what the image is built as, of an engine that is a whole chip
 * @throws {UsageError} when it can't be compiled.
 */
export async function prepareEngine(
  name: EngineName,
  onProgress: BuildProgress,
  image: Partial<ChipOptions> = {},
): Promise<EngineFactory> {
  const { board = defaultBoard, product = "water" } = image;
  try {
    if (name === "xs") await buildXsProgram(onProgress);
    if (name === "chip") await buildChip({ board, product }, onProgress);
    if (name === "rv32") await buildImage(undefined, undefined, onProgress);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--engine ${name}: ${problem} (or use --engine node)`, { cause: error });
  }
  return name === "chip" ? (call) => createChipEngine(call, { board, product }) : engineFactories[name];
}
