import { water } from "../firmware/products/water.js";
import type { Product } from "../firmware/products/product.js";

export const product: Product = water;
