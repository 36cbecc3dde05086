import type { Boot } from "../../../hal/boot.js";
import type { Clock } from "../../../hal/clock.js";
import type { Crypto } from "../../../hal/crypto.js";
import type { FlashPartitionConstructor } from "../../../hal/flash.js";
import type {
  AnalogConnection,
  DigitalInputConnection,
  DigitalOutputConnection,
  Hardware,
  ModemConnection,
  PulseInputConnection,
  RailConnection,
  SerialConnection,
  ValveConnection,
} from "../../../hal/hardware.js";
import type { Power } from "../../../hal/power.js";
import type { Seal } from "../../../hal/seal.js";
import type { Watchdog } from "../../../hal/watchdog.js";
import type { Link } from "../boundary/link.js";
import { Operation, pulseSensors } from "../boundary/port.js";
import { LinkBoot, LinkClock, LinkCrypto, LinkPower, LinkSeal, LinkWatchdog } from "./chip.js";
import {
  analogClass,
  digitalInputClass,
  digitalOutputClass,
  flashPartitionClass,
  pulseInputClass,
  serialClass,
} from "./inputs-and-outputs.js";

/**
 * The simulated board's provider: the HAL's classes over the boundary, wired as the board's data say. Each part is made
 * when it is asked for: most wakes touch only flash and pulses.
 */
export class LinkHardware implements Hardware {
  readonly clock: Clock;
  readonly power: Power;
  readonly flash: { readonly io: FlashPartitionConstructor };
  #link: Link;

  constructor(link: Link) {
    this.#link = link;
    this.clock = new LinkClock(link);
    this.power = new LinkPower(link);
    this.flash = { io: flashPartitionClass(link) };
  }

  get serialNumber(): string {
    return this.#link.call(Operation.serialNumber) as string;
  }

  get hardwareId(): string {
    return this.#link.call(Operation.hardwareId) as string;
  }

  get meteringChecksum(): string {
    return this.#link.call(Operation.meteringChecksum) as string;
  }

  get seal(): Seal {
    return new LinkSeal(this.#link);
  }

  get watchdog(): Watchdog {
    return new LinkWatchdog(this.#link);
  }

  get boot(): Boot {
    return new LinkBoot(this.#link);
  }

  get crypto(): Crypto {
    return new LinkCrypto(this.#link);
  }

  get pulseInput(): PulseInputConnection {
    const sensor = pulseSensors[this.#link.call(Operation.pulseSensor) as number] ?? "single-reed";
    return { io: pulseInputClass(this.#link), sensor };
  }

  get modem(): ModemConnection {
    const output = digitalOutputClass(this.#link);
    return {
      serial: { io: serialClass(this.#link), port: "modem", baud: 115200 },
      powerKey: { io: output, pin: "modem-power-key" },
      reset: { io: output, pin: "modem-reset" },
    };
  }

  get service(): SerialConnection {
    return { io: serialClass(this.#link), port: "service", baud: 115200 };
  }

  get rails(): readonly RailConnection[] {
    const input = { io: analogClass(this.#link), pin: "rail-logic" };
    return [{ name: "logic", input, multiplier: 2, divisor: 1 }];
  }

  get valve(): ValveConnection | undefined {
    const sense = this.#link.call(Operation.valveSense);
    return typeof sense === "number" ? new LinkValve(this.#link, sense) : undefined;
  }
}

class LinkValve implements ValveConnection {
  readonly senseMillivoltsPerMilliampere: number;
  #link: Link;

  constructor(link: Link, senseMillivoltsPerMilliampere: number) {
    this.#link = link;
    this.senseMillivoltsPerMilliampere = senseMillivoltsPerMilliampere;
  }

  get openDrive(): DigitalOutputConnection {
    return { io: digitalOutputClass(this.#link), pin: "valve-open-drive" };
  }

  get closeDrive(): DigitalOutputConnection {
    return { io: digitalOutputClass(this.#link), pin: "valve-close-drive" };
  }

  get openLimit(): DigitalInputConnection {
    return { io: digitalInputClass(this.#link), pin: "valve-open-limit" };
  }

  get closeLimit(): DigitalInputConnection {
    return { io: digitalInputClass(this.#link), pin: "valve-close-limit" };
  }

  get current(): AnalogConnection {
    return { io: analogClass(this.#link), pin: "valve-current" };
  }
}
