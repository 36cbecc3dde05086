export { water as product } from "../firmware/settings/water.js";
