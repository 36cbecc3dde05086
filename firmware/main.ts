import type { Hardware } from "../hal/hardware.js";
import { Meter } from "./meter.js";

/** One run of the application: wake, do what is due, sleep. On the chip it starts again at the next wake. */
export async function main(hardware: Hardware): Promise<void> {
  const meter = new Meter(hardware);
  const sleepRequest = await meter.run();
  hardware.power.sleep(sleepRequest);
}
