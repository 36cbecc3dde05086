import { requireRange } from "../../base/ranges.js";
import { analogClass } from "../analog/analog.js";
import { digitalInputClass, digitalOutputClass } from "../digital/digital.js";

const wakeCauses = Object.freeze([
  "power-on",
  "timer",
  "pulses",
  "service",
  "brown-out",
  "watchdog",
  "software",
]);
const sleepKinds = Object.freeze(["deep", "light"]);

class Chip {
  static prepare(serviceButton, isLight) {
    return native("xs_tally_power_prepare").call(this, serviceButton, isLight);
  }
  static get wakeCause() {
    return native("xs_tally_power_wakeCause").call(this);
  }
  static wait(microseconds) {
    native("xs_tally_power_wait").call(this, microseconds);
  }
  static sleep(untilTicks, afterPulses, serviceButton, isLight) {
    native("xs_tally_power_sleep").call(this, untilTicks, afterPulses, serviceButton, isLight);
  }
  static readRetained(target) {
    native("xs_tally_power_readRetained").call(this, target);
  }
  static writeRetained(bytes) {
    native("xs_tally_power_writeRetained").call(this, bytes);
  }
}

function requireCount(value, name) {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${name} must be an integer of at least 0`);
}

class ChipRetainedMemory {
  get byteLength() {
    return native("xs_tally_power_retainedByteLength").call(this);
  }

  read(target) {
    if (target.byteLength !== this.byteLength)
      throw new RangeError(`target must hold ${this.byteLength} bytes`);
    Chip.readRetained(target);
  }

  write(bytes) {
    if (bytes.byteLength !== this.byteLength) throw new RangeError(`bytes must be ${this.byteLength} long`);
    Chip.writeRetained(bytes);
  }
}

/** The battery behind its divider, which takes current only during a measurement if the board can switch it. */
class Battery {
  #wiring;
  #Line;
  #enable;

  constructor(wiring) {
    const { gpio, enable } = wiring;
    requireRange(wiring.multiplier, 1, 100000, "multiplier");
    requireRange(wiring.divisor, 1, 100000, "divisor");
    requireRange(wiring.settleMicroseconds, 0, 100000, "settleMicroseconds");
    this.#wiring = wiring;
    this.#Line = analogClass({ battery: { gpio, attenuationDecibels: 12 } });
    if (enable === undefined) return;
    const Enable = digitalOutputClass({ "battery-enable": { gpio: enable, isActiveLow: false } });
    this.#enable = new Enable({ pin: "battery-enable", initial: 0 });
  }

  /** 0 when it can't be measured: a converter that fails must not keep the meter from counting. */
  get millivolts() {
    try {
      return this.#measure();
    } catch {
      return 0;
    }
  }

  #measure() {
    // For this measurement only: on an ESP32-C3 drawing a random number stops the converter's clock under whoever holds it.
    const line = new this.#Line({ pin: "battery" });
    const { multiplier, divisor, settleMicroseconds } = this.#wiring;
    this.#enable?.write(1);
    if (this.#enable) Chip.wait(settleMicroseconds);
    try {
      return Math.round((line.read() * multiplier) / divisor);
    } finally {
      this.#enable?.write(0);
      line.close();
    }
  }
}

export class ChipPower {
  onBrownOut = undefined;
  retained = new ChipRetainedMemory();
  #battery;
  #supplyWarning;
  #serviceButton;
  #isLight;

  constructor({ battery, supplyWarning, serviceButton, sleep }) {
    if (!sleepKinds.includes(sleep)) throw new RangeError(`sleep must be one of ${sleepKinds.join(", ")}`);
    this.#serviceButton = serviceButton ?? -1;
    this.#isLight = sleep === "light";
    const reason = Chip.prepare(this.#serviceButton, this.#isLight);
    if (reason) throw new RangeError(reason);
    this.#battery = new Battery(battery);
    if (supplyWarning !== undefined) this.#watchSupply(supplyWarning);
  }

  get wakeCause() {
    return wakeCauses[Chip.wakeCause];
  }

  get batteryMillivolts() {
    return this.#battery.millivolts;
  }

  sleep({ untilTicks, afterPulses, onServiceButton }) {
    requireCount(untilTicks, "untilTicks");
    requireCount(afterPulses, "afterPulses");
    const button = onServiceButton ? this.#serviceButton : -1;
    Chip.sleep(untilTicks, afterPulses, button, this.#isLight);
  }

  restart() {
    native("xs_tally_power_restart").call(this);
  }

  #watchSupply(gpio) {
    const Input = digitalInputClass({ "supply-warning": { gpio, isActiveLow: true, pull: "up" } });
    let hasWarned = false;
    this.#supplyWarning = new Input({
      pin: "supply-warning",
      onReadable: () => {
        if (hasWarned || this.#supplyWarning.read() === 0) return;
        hasWarned = true;
        this.onBrownOut?.();
      },
    });
  }
}
