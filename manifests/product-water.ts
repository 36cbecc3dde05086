export { water as product } from "../firmware/products/water.js";
