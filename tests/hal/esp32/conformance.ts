import type { AnalogConstructor } from "../../../hal/analog.js";
import type * as bytes from "../../../hal/base/bytes.js";
import type { Boot } from "../../../hal/boot.js";
import type { Clock } from "../../../hal/clock.js";
import type { Crypto } from "../../../hal/crypto.js";
import type { DigitalInputConstructor, DigitalOutputConstructor } from "../../../hal/digital.js";
import type { analogClass } from "../../../hal/esp32/analog/analog.js";
import type * as chipBytes from "../../../hal/esp32/bytes/bytes.js";
import type { ChipBoot } from "../../../hal/esp32/boot/boot.js";
import type { ChipClock } from "../../../hal/esp32/clock/clock.js";
import type { ChipCrypto } from "../../../hal/esp32/crypto/crypto.js";
import type { digitalInputClass, digitalOutputClass } from "../../../hal/esp32/digital/digital.js";
import type { ChipSeal } from "../../../hal/esp32/fuses/fuses.js";
import type { ChipFlashPartition } from "../../../hal/esp32/flash/flash.js";
import type { ChipPower } from "../../../hal/esp32/power/power.js";
import type { pulseInputClass } from "../../../hal/esp32/pulse-input/pulse-input.js";
import type { serialClass } from "../../../hal/esp32/serial/serial.js";
import type { ChipWatchdog } from "../../../hal/esp32/watchdog/watchdog.js";
import type { FlashPartitionConstructor } from "../../../hal/flash.js";
import type { Power } from "../../../hal/power.js";
import type { PulseInputConstructor } from "../../../hal/pulse-input.js";
import type { Seal } from "../../../hal/seal.js";
import type { SerialConstructor } from "../../../hal/serial.js";
import type { Watchdog } from "../../../hal/watchdog.js";

/** Compiles only if the one satisfies the other. */
type Satisfies<Actual extends Expected, Expected> = Actual;

/** What the native modules offer, held against the HAL by the compiler. */
export interface Conformance {
  analog: Satisfies<ReturnType<typeof analogClass>, AnalogConstructor>;
  boot: Satisfies<ChipBoot, Boot>;
  bytes: Satisfies<typeof chipBytes, typeof bytes>;
  clock: Satisfies<ChipClock, Clock>;
  crypto: Satisfies<ChipCrypto, Crypto>;
  digitalInput: Satisfies<ReturnType<typeof digitalInputClass>, DigitalInputConstructor>;
  digitalOutput: Satisfies<ReturnType<typeof digitalOutputClass>, DigitalOutputConstructor>;
  flash: Satisfies<typeof ChipFlashPartition, FlashPartitionConstructor>;
  seal: Satisfies<ChipSeal, Seal>;
  power: Satisfies<ChipPower, Power>;
  pulseInput: Satisfies<ReturnType<typeof pulseInputClass>, PulseInputConstructor>;
  serial: Satisfies<ReturnType<typeof serialClass>, SerialConstructor>;
  watchdog: Satisfies<ChipWatchdog, Watchdog>;
  // @ts-expect-error a watchdog is no clock, which the compiler must say, or it holds nothing against anything
  nonsense: Satisfies<ChipWatchdog, Clock>;
}
