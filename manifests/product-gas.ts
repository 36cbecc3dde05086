import { gas } from "../firmware/products/gas.js";
import type { Product } from "../firmware/products/product.js";

export const product: Product = gas;
