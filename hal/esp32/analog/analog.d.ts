import type { AnalogConstructor } from "../../analog.js";

export interface AnalogWiring {
  /** GPIO number of a pin of ADC1: `analogPins` of the chip in `../chips.ts`. */
  readonly gpio: number;
  /** 0, 2.5, 6 or 12 dB. More attenuation measures higher voltages: about 0.95, 1.25, 1.75, 2.45 V or more. */
  readonly attenuationDecibels: 0 | 2.5 | 6 | 12;
}

/** The board's analog lines by name. The class throws as `AnalogConstructor` says. */
export function analogClass(lines: Readonly<Record<string, AnalogWiring>>): AnalogConstructor;
