import type { chips } from "../../hal/esp32/chips.js";

/**
 * Strapping pins whose level at reset decides whether a chip starts from its flash, with the level that it takes; the
 * others of `chips.ts` only choose what does not matter here (JTAG's source, SDIO timing, messages of the ROM).
 *
 * Source: the chapter on strapping pins (boot mode control, VDD_SPI voltage) of each chip's data sheet. GPIO 2 of the
 * ESP32, 8 of the ESP32-C3 and ESP32-C6 and 46 of the ESP32-S3 matter to the download mode only, without which no board is
 * flashed.
 */
export const startLevels: Readonly<Record<keyof typeof chips, ReadonlyMap<number, 0 | 1>>> = Object.freeze({
  // 12 selects the flash's voltage.
  esp32: new Map([
    [0, 1],
    [2, 0],
    [12, 0],
  ] as const),
  esp32c3: new Map([
    [2, 1],
    [8, 1],
    [9, 1],
  ] as const),
  esp32c6: new Map([
    [8, 1],
    [9, 1],
  ] as const),
  // 45 selects the flash's voltage.
  esp32s3: new Map([
    [0, 1],
    [45, 0],
    [46, 0],
  ] as const),
});
