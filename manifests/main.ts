import { duties } from "../firmware/duties.js";
import { Modem } from "./modem.js";
import { product } from "./product.js";
import { board } from "./provider.js";
import { runApplication } from "./run.js";

/** In flash: made once, with the modules. */
const build = Object.freeze({ product, Modem, duties });

/** The composition root on the chip: the SDK calls it at each start. */
export default function start(): void {
  runApplication(board, build);
}
