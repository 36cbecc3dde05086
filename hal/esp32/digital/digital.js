const pulls = Object.freeze(["none", "up", "down"]);

class OutputLine extends Native("xs_tally_digital_outputDestructor") {
  constructor(gpio, isActiveLow, level) {
    super();
    native("xs_tally_digital_openOutput").call(this, gpio, isActiveLow, level);
  }
  get isOpen() {
    return native("xs_tally_digital_isOpen").call(this);
  }
  write(level) {
    native("xs_tally_digital_write").call(this, level);
  }
  close() {
    native("xs_tally_digital_closeOutput").call(this);
  }
}

class InputLine extends Native("xs_tally_digital_inputDestructor") {
  constructor(gpio, isActiveLow, pull, onReadable) {
    super();
    native("xs_tally_digital_openInput").call(this, gpio, isActiveLow, pull, onReadable);
  }
  get isOpen() {
    return native("xs_tally_digital_isOpen").call(this);
  }
  read() {
    return native("xs_tally_digital_read").call(this);
  }
  close() {
    native("xs_tally_digital_closeInput").call(this);
  }
}

class DigitalOutput {
  #line;
  #isOpen = true;

  constructor(lines, { pin, initial }) {
    const wiring = lines[pin];
    if (initial !== 0 && initial !== 1) throw new RangeError("initial must be 0 or 1");
    this.#line = wiring && new OutputLine(wiring.gpio, wiring.isActiveLow, initial);
    if (!this.#line?.isOpen) throw new Error(`output pin "${pin}" is unknown or in use`);
  }

  write(level) {
    if (!this.#isOpen) throw new Error("output pin is closed");
    this.#line.write(level);
  }

  close() {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#line.close();
  }
}

/* Bound, not made anew at each wake: on the chip a class of a module stands in flash. */
export function digitalOutputClass(lines) {
  return DigitalOutput.bind(undefined, lines);
}

class DigitalInput {
  #line;
  #isOpen = true;

  constructor(lines, { pin, onReadable }) {
    const wiring = lines[pin];
    const pull = pulls.indexOf(wiring?.pull ?? "none");
    if (pull < 0) throw new RangeError(`pull must be one of ${pulls.join(", ")}`);
    this.#line = wiring && new InputLine(wiring.gpio, wiring.isActiveLow, pull, onReadable);
    if (!this.#line?.isOpen) throw new Error(`input pin "${pin}" is unknown or in use`);
  }

  read() {
    if (!this.#isOpen) throw new Error("input pin is closed");
    return this.#line.read();
  }

  close() {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#line.close();
  }
}

export function digitalInputClass(lines) {
  return DigitalInput.bind(undefined, lines);
}
