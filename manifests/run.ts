import { noteFailures, restartAfterFailure, takeFailure } from "../hal/esp32/failure/failure.js";
import type { Build } from "../firmware/build.js";
import { main } from "../firmware/main.js";
import type { BoardWiring } from "./board.js";
import { createHardware } from "./hardware.js";

/**
 * One run of the application on a board. Whatever is thrown and handled nowhere is noted with its module and reason
 * and restarts the chip, and the next run writes it down.
 */
export function runApplication(board: BoardWiring, build: Build): void {
  noteFailures();
  try {
    main(createHardware(board, takeFailure()), build).catch(restartAfterFailure);
  } catch (error) {
    restartAfterFailure(error);
  }
}
