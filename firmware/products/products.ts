import type { ProductRange } from "../settings/kept-settings.js";
import { buildSettings, type Settings } from "../settings/settings.js";
import { gas } from "./gas.js";
import type { Product } from "./product.js";
import { water } from "./water.js";

/** Every product this firmware can be. The order is kept in retained memory: append only. */
export const products: readonly Product[] = Object.freeze([water, gas]);

/**
 * What a meter is that was told a product which this firmware does not know, for an older image was put on it: it counts
 * and records, answers at its service port, and does nothing by itself. A meter that took itself for another product would
 * move a valve that is not its own, and report as what it is not.
 */
export const unknownProduct: Product = Object.freeze({
  ...water,
  name: "unknown",
  duties: Object.freeze([]),
});

/** Of each product, the settings of a meter that has none of its own: made once, so that they stay in flash. */
export const plainSettings: readonly Settings<Product>[] = Object.freeze(
  products.concat(unknownProduct).map((product) => buildSettings(product, new Map())),
);

/** What a meter of this firmware can be. */
export const productRange: ProductRange<Product> = Object.freeze({ plainSettings, unknownProduct });
