import type { PulseInputConstructor } from "../../pulse-input.js";

/**
 * Where the meter's contacts are soldered. A closed contact pulls its line to ground.
 *
 * All lines must be pins of the low-power domain: `lowPowerPins` of the chip in `../chips.ts`.
 */
export interface PulseInputWiring {
  /** GPIO number of the only contact, or of the one that closes first when the meter turns forward. */
  readonly contactA: number;
  /** GPIO number of the second contact of a dual reed; undefined with a single reed. */
  readonly contactB: number | undefined;
  /**
   * GPIO number of a loop through the sensor's cable to ground, so that a cut is noticed; undefined without one.
   * ESP32 and ESP32-C3 look at it when a contact or the clock wakes them, the others at every poll.
   */
  readonly cableLoop: number | undefined;
  /**
   * What holds the lines high. ESP32-S3 and ESP32-C6 connect the internal pull-ups (about 45 kOhm) only while they
   * poll. ESP32 and ESP32-C3 wake on levels, so there a reed that rests closed costs some 70 uA of them for as long;
   * such boards are better off with external resistors of 1 MOhm and more.
   */
  readonly pullUp: "internal" | "external";
}

/**
 * The low-power pulse counter of this chip, wired as the board's data say.
 *
 * Counting starts with the first construction after power came, and from then on goes on through deep sleep, resets,
 * updates and `close`: by the ULP-RISC-V (ESP32-S3), the LP core (ESP32-C6), or the wake stub and, while the
 * application runs, a timer (ESP32, ESP32-C3). A later construction with other options changes how it is decoded and
 * keeps what was counted.
 *
 * What lasts shorter than a wake or a reset takes can be lost on ESP32 and ESP32-C3: nobody polls from the wake stub's
 * end to ESP-IDF's start, tens of milliseconds, and several times that where the bootloader verifies the image at each wake (secure
 * boot). A state of the contacts has to last that long and 20 ms more. The others miss nothing above 10 ms.
 *
 * @throws {RangeError} when a pin is not in the chip's low-power domain or used twice; the class it returns throws as
 *   `PulseInputConstructor` says, and a `RangeError` when `dual-reed` is asked for without a contact B.
 */
export function pulseInputClass(wiring: PulseInputWiring): PulseInputConstructor;
