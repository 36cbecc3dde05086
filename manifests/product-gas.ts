export { gas as product } from "../firmware/products/gas.js";
