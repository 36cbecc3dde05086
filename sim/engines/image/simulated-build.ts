import { Bc660kGl } from "../../../drivers/nb-iot/bc660k-gl/bc660k-gl.js";
import type { Build } from "../../../firmware/build.js";
import { duties } from "../../../firmware/duties.js";
import { water } from "../../../firmware/products/water.js";

/** What the simulated board's image is made of; its flash says which product it is. */
export const simulatedBuild: Build = Object.freeze({ product: water, Modem: Bc660kGl, duties });
