import type { Hardware } from "../hal/hardware.js";
import { Meter } from "./meter.js";
import type { Product } from "./settings/definition.js";
import { water } from "./settings/water.js";

/**
 * One run of the application: wake, do what is due, sleep. On the chip it starts again at the next wake.
 * @param product what a meter is that has not been told in its settings
 */
export async function main(hardware: Hardware, product: Product = water): Promise<void> {
  const meter = new Meter(hardware, product);
  const sleepRequest = await meter.run();
  hardware.power.sleep(sleepRequest);
}
