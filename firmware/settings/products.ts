import type { Product } from "./definition.js";
import { water } from "./water.js";

/** Every product this firmware can be built as. */
export const products: readonly Product[] = Object.freeze([water]);
