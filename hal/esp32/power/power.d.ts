import type { Power, RetainedMemory, SleepRequest, WakeCause } from "../../power.js";

/** The divider between the battery and an ADC1 pin. */
export interface BatteryWiring {
  /** GPIO number of a pin of ADC1: `analogPins` of the chip in `../chips.ts`. */
  readonly gpio: number;
  /** Battery millivolts = pin millivolts x `multiplier` / `divisor`; both from 1 to 100000. */
  readonly multiplier: number;
  readonly divisor: number;
  /** GPIO number of the output that connects the divider while it is 1; undefined when it is always connected. */
  readonly enable: number | undefined;
  /** How long the pin takes to follow after `enable`, 0 to 100000 us. */
  readonly settleMicroseconds: number;
}

export interface PowerWiring {
  readonly battery: BatteryWiring;
  /**
   * GPIO number of a supply supervisor's output, low while the supply is below its warning level; undefined when the
   * board has none, and `onBrownOut` is never called then. The chip's own brown-out detector only resets it (wake
   * cause `brown-out`): ESP-IDF offers no call before that (`components/esp_system/port/brownout.c`).
   */
  readonly supplyWarning: number | undefined;
  /**
   * GPIO number of the service button, low while pressed; undefined without a button. One of `lowPowerPins` of the
   * chip in `../chips.ts`; an ESP32 with a dual reed has no wake-up unit left for it. A button that is pressed when
   * the chip falls asleep does not wake it.
   */
  readonly serviceButton: number | undefined;
  /**
   * - `deep`: RAM is lost and the chip starts anew at each wake; for batteries.
   * - `light`: RAM is kept and only the application starts anew; for mains supply, wakes in under a millisecond, or 30
   *   where the clock's oscillator has to be measured.
   *   Needs the manifest's `"defines": { "softreset": 1 }`.
   */
  readonly sleep: "deep" | "light";
}

/**
 * The chip's sleep, wake causes, retained memory and battery measurement. Make one only.
 *
 * With `deep`, `sleep` does not return. With `light` it returns after the sleep, and the application starts anew once
 * the event under way has ended.
 */
export class ChipPower implements Power {
  /**
   * @throws {RangeError} when the wiring is out of range or the button's pin cannot end a sleep, {Error} when another
   *   pin is unknown or in use.
   */
  constructor(wiring: PowerWiring);
  readonly wakeCause: WakeCause;
  readonly batteryMillivolts: number;
  readonly retained: RetainedMemory;
  onBrownOut: (() => void) | undefined;
  sleep(request: SleepRequest): void;
  restart(): void;
}
