/** The composition root on the chip: the board's hardware, the firmware, and what becomes of an error nobody handled. */
import { noteFailures, restartAfterFailure, takeFailure } from "../hal/esp32/failure/failure.js";
import { main } from "../firmware/main.js";
import { createHardware } from "./hardware.js";
import { product } from "./product.js";
import { board } from "./provider.js";

/**
 * One run of the application; the SDK calls it at each start. Whatever is thrown and handled nowhere is noted with its
 * module and reason and restarts the chip, and the next run writes it down.
 */
export default function start(): void {
  noteFailures();
  try {
    main(createHardware(board, takeFailure()), product).catch(restartAfterFailure);
  } catch (error) {
    restartAfterFailure(error);
  }
}
