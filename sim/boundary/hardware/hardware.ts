import type { Hardware, ValveConnection } from "../../../hal/hardware.js";
import type { Link } from "../link.js";
import { asciiText, Operation, pulseSensors } from "../port.js";
import { LinkBoot, LinkClock, LinkCrypto, LinkPower, LinkWatchdog } from "./chip.js";
import {
  analogClass,
  digitalInputClass,
  digitalOutputClass,
  flashPartitionClass,
  pulseInputClass,
  serialClass,
} from "./inputs-and-outputs.js";

/** The simulated board's provider: the HAL's classes over the boundary, wired as the board's data say. */
export function createHardware(link: Link): Hardware {
  const output = digitalOutputClass(link);
  return {
    serialNumber: asciiText(link.callBytes(Operation.serialNumber)),
    clock: new LinkClock(link),
    power: new LinkPower(link),
    watchdog: new LinkWatchdog(link),
    boot: new LinkBoot(link),
    crypto: new LinkCrypto(link),
    flash: { io: flashPartitionClass(link) },
    pulseInput: {
      io: pulseInputClass(link),
      sensor: pulseSensors[link.callNumber(Operation.pulseSensor)] ?? "single-reed",
    },
    modem: {
      serial: { io: serialClass(link), port: "modem", baud: 115200 },
      powerKey: { io: output, pin: "modem-power-key" },
      reset: { io: output, pin: "modem-reset" },
    },
    valve: createValve(link),
  };
}

function createValve(link: Link): ValveConnection | undefined {
  const sense = link.call(Operation.valveSense);
  if (typeof sense !== "number") return undefined;
  const output = digitalOutputClass(link);
  const input = digitalInputClass(link);
  return {
    openDrive: { io: output, pin: "valve-open-drive" },
    closeDrive: { io: output, pin: "valve-close-drive" },
    openLimit: { io: input, pin: "valve-open-limit" },
    closeLimit: { io: input, pin: "valve-close-limit" },
    current: { io: analogClass(link), pin: "valve-current" },
    senseMillivoltsPerMilliampere: sense,
  };
}
