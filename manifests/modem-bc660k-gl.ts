import { Bc660kGl } from "../drivers/nb-iot/bc660k-gl/bc660k-gl.js";
import type { ModemConstructor } from "../drivers/nb-iot/modem.js";

export const Modem: ModemConstructor = Bc660kGl;
