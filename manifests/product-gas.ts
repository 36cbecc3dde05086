export { gas as product } from "../firmware/settings/gas.js";
