/** What the image is built as: each product's manifest puts its own module here. */
import type { Product } from "../firmware/products/product.js";

/** The product of a meter that nobody has told what it is. */
export const product: Product;
