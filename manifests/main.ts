import { product } from "./product.js";
import { board } from "./provider.js";
import { runApplication } from "./run.js";

/** The composition root on the chip: the SDK calls it at each start. */
export default function start(): void {
  runApplication(board, product);
}
