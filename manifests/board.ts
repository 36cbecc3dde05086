import type { AnalogWiring } from "../hal/esp32/analog/analog.js";
import type { DigitalInputWiring, DigitalOutputWiring } from "../hal/esp32/digital/digital.js";
import type { PowerWiring } from "../hal/esp32/power/power.js";
import type { PulseInputWiring } from "../hal/esp32/pulse-input/pulse-input.js";
import type { SerialWiring } from "../hal/esp32/serial/serial.js";
import type { PulseSensor } from "../hal/pulse-input.js";

/** A pin that a part takes which no driver of ours touches. */
export interface ReservedPin {
  readonly gpio: number;
  readonly use: string;
}

/** How a meter board is wired, as data: GPIO numbers and what hangs on them. */
export interface BoardWiring {
  readonly sensor: PulseSensor;
  readonly pulseInput: PulseInputWiring;
  readonly power: PowerWiring;
  readonly modem: {
    readonly serial: SerialWiring;
    readonly powerKey: DigitalOutputWiring;
    readonly reset: DigitalOutputWiring;
  };
  /**
   * The service port. Its receiving line, idle high, pulls that of the service button low through a Schottky diode, so
   * that the first edge wakes a sleeping chip; where there is no button, the port is reached after a reset only.
   */
  readonly service: SerialWiring;
  /** Supply rails that can be measured, beside the battery. */
  readonly rails: readonly RailWiring[];
  /** Undefined on a board without a valve. */
  readonly valve: ValveWiring | undefined;
  readonly reserved: readonly ReservedPin[];
}

/** A rail behind a divider: its millivolts are the pin's x `multiplier` / `divisor`. */
export interface RailWiring {
  readonly name: string;
  readonly input: AnalogWiring;
  readonly multiplier: number;
  readonly divisor: number;
}

export interface ValveWiring {
  readonly openDrive: DigitalOutputWiring;
  readonly closeDrive: DigitalOutputWiring;
  readonly openLimit: DigitalInputWiring;
  readonly closeLimit: DigitalInputWiring;
  readonly current: AnalogWiring;
  /** Of the shunt and its amplifier. */
  readonly senseMillivoltsPerMilliampere: number;
}
