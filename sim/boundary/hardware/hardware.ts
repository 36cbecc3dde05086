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

/** The HAL's I/O classes over one link, each made when it is first used: most wakes touch only flash and pulses. */
class IoClasses {
  #link: Link;
  #digitalOutput: ReturnType<typeof digitalOutputClass> | undefined;
  #digitalInput: ReturnType<typeof digitalInputClass> | undefined;
  #analog: ReturnType<typeof analogClass> | undefined;
  #serial: ReturnType<typeof serialClass> | undefined;

  constructor(link: Link) {
    this.#link = link;
  }

  get digitalOutput() {
    this.#digitalOutput ??= digitalOutputClass(this.#link);
    return this.#digitalOutput;
  }

  get digitalInput() {
    this.#digitalInput ??= digitalInputClass(this.#link);
    return this.#digitalInput;
  }

  get analog() {
    this.#analog ??= analogClass(this.#link);
    return this.#analog;
  }

  get serial() {
    this.#serial ??= serialClass(this.#link);
    return this.#serial;
  }
}

/** The simulated board's provider: the HAL's classes over the boundary, wired as the board's data say. */
export function createHardware(link: Link): Hardware {
  const classes = new IoClasses(link);
  const sense = link.call(Operation.valveSense);
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
    get modem() {
      const output = classes.digitalOutput;
      return {
        serial: { io: classes.serial, port: "modem", baud: 115200 },
        powerKey: { io: output, pin: "modem-power-key" },
        reset: { io: output, pin: "modem-reset" },
      };
    },
    valve: typeof sense === "number" ? createValve(classes, sense) : undefined,
  };
}

function createValve(classes: IoClasses, senseMillivoltsPerMilliampere: number): ValveConnection {
  const output = (pin: string) => ({ io: classes.digitalOutput, pin });
  const input = (pin: string) => ({ io: classes.digitalInput, pin });
  return {
    get openDrive() {
      return output("valve-open-drive");
    },
    get closeDrive() {
      return output("valve-close-drive");
    },
    get openLimit() {
      return input("valve-open-limit");
    },
    get closeLimit() {
      return input("valve-close-limit");
    },
    get current() {
      return { io: classes.analog, pin: "valve-current" };
    },
    senseMillivoltsPerMilliampere,
  };
}
