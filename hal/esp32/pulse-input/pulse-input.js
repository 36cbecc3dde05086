import { requireRange } from "../../base/ranges.js";

const sensors = Object.freeze(["single-reed", "dual-reed"]);

class Counter {
  static hasLine(gpio, isPullUpInternal) {
    return native("xs_tally_pulse_hasLine").call(this, gpio, isPullUpInternal);
  }
  /** Three options, the GPIO numbers of three lines, and whether their pull-ups are the chip's. */
  static configure(...options) {
    return native("xs_tally_pulse_configure").call(this, ...options);
  }
  /** Fills a buffer: the engine hands no view of elements longer than a byte to C. */
  static read(buffer) {
    return native("xs_tally_pulse_read").call(this, buffer);
  }
}

function requireLine(gpio, isPullUpInternal) {
  if (!Counter.hasLine(gpio, isPullUpInternal))
    throw new RangeError(
      `GPIO ${gpio} cannot be watched in deep sleep${isPullUpInternal ? ", with a pull-up" : ""}`,
    );
}

/** The wiring as `pulse-input.c` takes it: three GPIO numbers, -1 for a line that the board has not got. */
function linesOf({ contactA, contactB = -1, cableLoop = -1, pullUp }) {
  if (pullUp !== "internal" && pullUp !== "external")
    throw new RangeError("pullUp must be one of internal, external");
  const lines = [contactA, contactB, cableLoop];
  const used = lines.filter((gpio) => gpio !== -1);
  used.forEach((gpio) => {
    requireLine(gpio, pullUp === "internal");
  });
  if (new Set(used).size !== used.length) throw new RangeError("two lines of the pulse input share a pin");
  return lines;
}

export function pulseInputClass(wiring) {
  const [contactA, contactB, cableLoop] = linesOf(wiring);
  const isPullUpInternal = wiring.pullUp === "internal";

  return class {
    #words = new Uint32Array(6);

    constructor({ sensor, debounceMilliseconds, magnetSeconds }) {
      requireRange(debounceMilliseconds, 1, 50, "debounceMilliseconds");
      requireRange(magnetSeconds, 1, 3600, "magnetSeconds");
      const sensorIndex = sensors.indexOf(sensor);
      if (sensorIndex < 0) throw new RangeError(`sensor must be one of ${sensors.join(", ")}`);
      if (sensor === "dual-reed" && contactB < 0) throw new RangeError("a dual reed needs a contact B");
      const options = [sensorIndex, debounceMilliseconds, magnetSeconds];
      const lines = [contactA, contactB, cableLoop, isPullUpInternal];
      if (!Counter.configure(...options, ...lines)) throw new Error("the pulse counter does not start");
    }

    read() {
      if (!Counter.read(this.#words.buffer)) throw new Error("the pulse counter has stopped");
      const [forward, reverse, illegalTransitions, magnetEvents, sensorFaults, flags] = this.#words;
      return {
        forward,
        reverse,
        illegalTransitions,
        magnetEvents,
        magnetPresent: (flags & 1) !== 0,
        sensorFaults,
        oneSided: (flags & 2) !== 0,
        wireCut: (flags & 4) !== 0,
      };
    }

    /** Nothing is held: whatever counts goes on. */
    close() {}
  };
}
