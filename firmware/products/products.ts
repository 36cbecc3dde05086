import { buildSettings, type Settings } from "../settings/settings.js";
import { gas } from "./gas.js";
import type { Product } from "./product.js";
import { water } from "./water.js";

/** Every product this firmware can be. The order is kept in retained memory: append only. */
export const products: readonly Product[] = Object.freeze([water, gas]);

/** Of each product, the settings of a meter that has none of its own: made once, so that they stay in flash. */
export const plainSettings: readonly Settings<Product>[] = Object.freeze(
  products.map((product) => buildSettings(product, new Map())),
);
