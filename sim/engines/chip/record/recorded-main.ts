import type { Build } from "../../../../firmware/build.js";
import { main as firmware } from "../../../../firmware/main.js";
import type { Hardware } from "../../../../hal/hardware.js";
import { RecordedHardware } from "./recorded-hardware.js";

/**
 * What stands in for `firmware/main` where `manifests/run` asks for it, so that the composition root is as it is on the
 * chip, the firmware is too, and what passes between them is recorded.
 */
export function main(hardware: Hardware, build: Build): Promise<void> {
  return firmware(new RecordedHardware(hardware), build);
}
