export { Bc660kGl as Modem } from "../drivers/nb-iot/bc660k-gl/bc660k-gl.js";
