import type { AnalogConstructor } from "./analog.js";
import type { Boot } from "./boot.js";
import type { Clock } from "./clock.js";
import type { Crypto } from "./crypto.js";
import type { DigitalInputConstructor, DigitalOutputConstructor } from "./digital.js";
import type { Failure } from "./failure.js";
import type { FlashPartitionConstructor } from "./flash.js";
import type { Power } from "./power.js";
import type { PulseInputConstructor, PulseSensor } from "./pulse-input.js";
import type { Seal } from "./seal.js";
import type { SerialConstructor } from "./serial.js";
import type { Watchdog } from "./watchdog.js";

/** A line of the board together with the class that drives it, in ECMA-419's manner. */
export interface DigitalOutputConnection {
  readonly io: DigitalOutputConstructor;
  readonly pin: string;
}

export interface DigitalInputConnection {
  readonly io: DigitalInputConstructor;
  readonly pin: string;
}

export interface AnalogConnection {
  readonly io: AnalogConstructor;
  readonly pin: string;
}

export interface SerialConnection {
  readonly io: SerialConstructor;
  readonly port: string;
  /** Bits per second. */
  readonly baud: number;
}

export interface PulseInputConnection {
  readonly io: PulseInputConstructor;
  /** What is soldered to the input. */
  readonly sensor: PulseSensor;
}

/** The modem's wires: its UART, its power key (1 = pressed) and its reset line (1 = held in reset). */
export interface ModemConnection {
  readonly serial: SerialConnection;
  readonly powerKey: DigitalOutputConnection;
  readonly reset: DigitalOutputConnection;
}

/** The valve's wires: an H-bridge's two inputs, two limit switches (1 = reached), the motor current's shunt. */
export interface ValveConnection {
  readonly openDrive: DigitalOutputConnection;
  readonly closeDrive: DigitalOutputConnection;
  readonly openLimit: DigitalInputConnection;
  readonly closeLimit: DigitalInputConnection;
  readonly current: AnalogConnection;
  /** Millivolts at the current sense pin per milliampere of motor current. */
  readonly senseMillivoltsPerMilliampere: number;
}

/** A supply rail behind a divider: its millivolts are the pin's x `multiplier` / `divisor`. */
export interface RailConnection {
  readonly name: string;
  readonly input: AnalogConnection;
  readonly multiplier: number;
  readonly divisor: number;
}

/** Everything the application is given by the composition root. */
export interface Hardware {
  /** Serial number of this very meter, ASCII, from the board's identity page. */
  readonly serialNumber: string;
  /** The chip's own number, the same for its whole life: 12 hexadecimal digits in lower case. */
  readonly hardwareId: string;
  /** SHA-256 of the legally relevant software as it was built, in hexadecimal; empty where the build did not say. */
  readonly meteringChecksum: string;
  /** What ended the run before this one, where it did not end by itself; told once. */
  readonly failure?: Failure | undefined;
  readonly clock: Clock;
  readonly power: Power;
  readonly watchdog: Watchdog;
  readonly boot: Boot;
  readonly seal: Seal;
  readonly crypto: Crypto;
  readonly flash: { readonly io: FlashPartitionConstructor };
  readonly pulseInput: PulseInputConnection;
  readonly modem: ModemConnection;
  /** The service port: a line for people and stations, whose first edge wakes the chip as the service button does. */
  readonly service: SerialConnection;
  /** Supply rails that the board can measure, beside the battery. */
  readonly rails: readonly RailConnection[];
  /** Undefined on a meter without a valve. */
  readonly valve: ValveConnection | undefined;
}
