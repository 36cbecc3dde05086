const attenuations = Object.freeze([0, 2.5, 6, 12]);

class AnalogLine extends Native("xs_tally_analog_destructor") {
  constructor(gpio, attenuation) {
    super();
    native("xs_tally_analog_open").call(this, gpio, attenuation);
  }
  get isOpen() {
    return native("xs_tally_analog_isOpen").call(this);
  }
  read() {
    return native("xs_tally_analog_read").call(this);
  }
  close() {
    native("xs_tally_analog_close").call(this);
  }
}

class Analog {
  #line;
  #isOpen = true;

  constructor(lines, { pin }) {
    const wiring = lines[pin];
    if (wiring && !attenuations.includes(wiring.attenuationDecibels))
      throw new RangeError(`attenuationDecibels must be one of ${attenuations.join(", ")}`);
    this.#line = wiring && new AnalogLine(wiring.gpio, attenuations.indexOf(wiring.attenuationDecibels));
    if (!this.#line?.isOpen) throw new Error(`analog pin "${pin}" is unknown or in use`);
  }

  read() {
    if (!this.#isOpen) throw new Error("analog pin is closed");
    return this.#line.read();
  }

  close() {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#line.close();
  }
}

/* Bound, not made anew at each wake: on the chip a class of a module stands in flash. */
export function analogClass(lines) {
  return Analog.bind(undefined, lines);
}
