import { requireRange } from "../../base/ranges.js";

const parities = Object.freeze(["none", "even", "odd"]);

class Port extends Native("xs_tally_serial_destructor") {
  constructor(uart, transmit, receive, direction, baud, parity, onReadable, onError) {
    super();
    native("xs_tally_serial_open").call(
      this,
      uart,
      transmit,
      receive,
      direction,
      baud,
      parity,
      onReadable,
      onError,
    );
  }
  get isOpen() {
    return native("xs_tally_serial_isOpen").call(this);
  }
  read() {
    return native("xs_tally_serial_read").call(this);
  }
  write(bytes) {
    native("xs_tally_serial_write").call(this, bytes);
  }
  close() {
    native("xs_tally_serial_close").call(this);
  }
}

class Serial {
  #port;
  #isOpen = true;

  constructor(ports, { port, baud, parity, onReadable, onError }) {
    requireRange(baud, 300, 921600, "baud");
    if (!parities.includes(parity)) throw new RangeError(`parity must be one of ${parities.join(", ")}`);
    const wiring = ports[port];
    const lostInput = () => onError?.(new Error(`serial port "${port}" lost input`));
    if (wiring) this.#open(wiring, baud, parities.indexOf(parity), onReadable, lostInput);
    if (!this.#port?.isOpen) throw new Error(`serial port "${port}" is unknown or in use`);
  }

  #open({ uart, transmit, receive, direction = -1 }, baud, parity, onReadable, onError) {
    this.#port = new Port(uart, transmit, receive, direction, baud, parity, onReadable, onError);
  }

  read() {
    const bytes = this.#isOpen ? this.#port.read() : undefined;
    return bytes && new Uint8Array(bytes);
  }

  write(bytes) {
    if (!this.#isOpen) throw new Error("serial port is closed");
    this.#port.write(bytes);
  }

  close() {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#port.close();
  }
}

/* Bound, not made anew at each wake: on the chip a class of a module stands in flash. */
export function serialClass(ports) {
  return Serial.bind(undefined, ports);
}
