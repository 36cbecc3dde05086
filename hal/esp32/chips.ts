/**
 * What each chip's pins can do, and what its images must be configured with, for the boards' data and the checks on it.
 * Firmware does not need this at run time: the native modules refuse pins by ESP-IDF's own tables.
 *
 * Sources: ESP-IDF 6.0, `components/soc/<chip>/include/soc/{soc_caps,rtc_io_channel,adc_channel}.h`; the data sheets'
 * chapters on strapping pins and on pins for flash.
 */
export interface ChipPins {
  /** What counts pulses in deep sleep. */
  readonly pulseCounter: "wake-stub" | "ulp-riscv" | "lp-core";
  readonly gpios: readonly number[];
  /** Without output driver and without pull-up and pull-down. */
  readonly inputOnlyPins: readonly number[];
  /** In the low-power domain: readable in deep sleep, and able to end it. For pulse contacts and service button. */
  readonly lowPowerPins: readonly number[];
  /** Inputs of ADC1. ADC2 is left out: the radio claims it on ESP32, and it gives false readings on ESP32-C3. */
  readonly analogPins: readonly number[];
  /** Their level at reset decides how the chip starts: a line that something else drives does not belong there. */
  readonly strappingPins: readonly number[];
  /** Wired to the flash inside modules and packages. */
  readonly flashPins: readonly number[];
  /** D- and D+ of the USB serial and JTAG port that a board may be flashed through. */
  readonly usbPins: readonly number[];
  /** UARTs of the main core. */
  readonly uarts: number;
  /** Lines of `sdkconfig` that the native modules need; most of them they do not compile without. */
  readonly configuration: readonly string[];
}

/** The integers from `first` to `last`. */
function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

const configuration: readonly string[] = [
  "CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y",
  // Bootloader and application must agree: a change of the size loses what is retained at the update that brings it.
  "CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC=y",
  "CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC_SIZE=0x600",
  "CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC_IN_CRC=n",
  "CONFIG_ESP_TASK_WDT_EN=y",
  "CONFIG_ESP_TASK_WDT_INIT=y",
  "CONFIG_ESP_TASK_WDT_PANIC=y",
  // What comes while a sector is erased is more than the hardware's 128 bytes.
  "CONFIG_UART_ISR_IN_IRAM=y",
  // Timers count in ticks of the scheduler.
  "CONFIG_FREERTOS_HZ=1000",
];

/** A timer's interrupt polls the contacts while the application runs, also while flash is being written. */
const polledByTimer: readonly string[] = [
  "CONFIG_ESP_TIMER_IN_IRAM=y",
  "CONFIG_ESP_TIMER_SUPPORTS_ISR_DISPATCH_METHOD=y",
];

export const chips: Readonly<Record<"esp32" | "esp32c3" | "esp32c6" | "esp32s3", ChipPins>> = {
  esp32: {
    // GPIO 24 and 28 to 31 do not exist; 20 has no pin on most packages.
    gpios: [...span(0, 23), ...span(25, 27), ...span(32, 39)],
    pulseCounter: "wake-stub",
    inputOnlyPins: span(34, 39),
    // A dual reed takes both wake-up units, EXT0 and EXT1, so that a service button is left without.
    lowPowerPins: [0, 2, 4, ...span(12, 15), ...span(25, 27), ...span(32, 39)],
    analogPins: span(32, 39),
    strappingPins: [0, 2, 5, 12, 15],
    flashPins: span(6, 11),
    usbPins: [],
    uarts: 3,
    // The second core cannot reach the memory that is retained.
    configuration: [...configuration, ...polledByTimer, "CONFIG_FREERTOS_UNICORE=y"],
  },
  esp32c3: {
    gpios: span(0, 21),
    pulseCounter: "wake-stub",
    inputOnlyPins: [],
    lowPowerPins: span(0, 5),
    analogPins: span(0, 4),
    strappingPins: [2, 8, 9],
    flashPins: span(12, 17),
    usbPins: [18, 19],
    uarts: 2,
    // Otherwise ESP-IDF pulls a closed contact down in deep sleep.
    configuration: [...configuration, ...polledByTimer, "CONFIG_ESP_SLEEP_GPIO_ENABLE_INTERNAL_RESISTORS=n"],
  },
  esp32c6: {
    gpios: span(0, 30),
    pulseCounter: "lp-core",
    inputOnlyPins: [],
    lowPowerPins: span(0, 7),
    analogPins: span(0, 6),
    strappingPins: [4, 5, 8, 9, 15],
    flashPins: span(24, 30),
    usbPins: [12, 13],
    uarts: 2,
    configuration: [...configuration, "CONFIG_ULP_COPROC_ENABLED=y", "CONFIG_ULP_COPROC_TYPE_LP_CORE=y"],
  },
  esp32s3: {
    gpios: [...span(0, 21), ...span(26, 48)],
    pulseCounter: "ulp-riscv",
    inputOnlyPins: [],
    lowPowerPins: span(0, 21),
    analogPins: span(1, 10),
    strappingPins: [0, 3, 45, 46],
    // With octal flash or PSRAM 33 to 37 as well.
    flashPins: span(26, 32),
    usbPins: [19, 20],
    uarts: 3,
    configuration: [...configuration, "CONFIG_ULP_COPROC_ENABLED=y", "CONFIG_ULP_COPROC_TYPE_RISCV=y"],
  },
};
