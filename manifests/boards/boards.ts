import type { BoardCosts } from "../board-costs.js";
import type { BoardWiring } from "../board.js";
import { costs as esp32Costs } from "./esp32/costs.js";
import { board as esp32 } from "./esp32/provider.js";
import { costs as esp32c3Costs } from "./esp32c3/costs.js";
import { board as esp32c3 } from "./esp32c3/provider.js";
import { costs as esp32c6Costs } from "./esp32c6/costs.js";
import { board as esp32c6 } from "./esp32c6/provider.js";
import { costs as esp32s3Costs } from "./esp32s3/costs.js";
import { board as esp32s3 } from "./esp32s3/provider.js";

/** A board that there are manifests for. */
export interface KnownBoard {
  readonly name: "esp32" | "esp32c3" | "esp32c6" | "esp32s3";
  /** As the Moddable SDK's `mcconfig -p` calls it. */
  readonly platform: string;
  readonly wiring: BoardWiring;
  readonly costs: BoardCosts;
}

/** Every board; the name is its chip's and its folder's. */
export const boards: readonly KnownBoard[] = Object.freeze([
  { name: "esp32", platform: "esp32", wiring: esp32, costs: esp32Costs },
  { name: "esp32c3", platform: "esp32/esp32c3", wiring: esp32c3, costs: esp32c3Costs },
  { name: "esp32c6", platform: "esp32/esp32c6", wiring: esp32c6, costs: esp32c6Costs },
  { name: "esp32s3", platform: "esp32/esp32s3", wiring: esp32s3, costs: esp32s3Costs },
]);

/** The board unless another is asked for: one with a core of its own for the pulses. */
export const defaultBoard = boards.find(({ name }) => name === "esp32c6") as KnownBoard;
