import type { Product } from "./definition.js";
import { gas } from "./gas.js";
import { water } from "./water.js";

/** Every product this firmware can be. The order is kept in retained memory: append only. */
export const products: readonly Product[] = Object.freeze([water, gas]);
