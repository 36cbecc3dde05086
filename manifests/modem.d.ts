/** The modem that is soldered to the board: the manifest of each modem puts its own module here. */
import type { ModemConstructor } from "../drivers/nb-iot/modem.js";

export const Modem: ModemConstructor;
