import { putText } from "../../hal/bytes.js";
import type { SerialConnection } from "../../hal/hardware.js";
import type { Serial } from "../../hal/serial.js";

export interface PipeOptions {
  readonly serial: SerialConnection;
  /** Called with the bytes that have arrived, never inside a public method. */
  readonly onBytes: (bytes: Uint8Array) => void;
}

/** The bytes between the chip and the modem: a UART with eight data bits, no parity, one stop bit. */
export class Pipe {
  #serial: Serial;

  /** @throws {RangeError} when the speed is out of range, {Error} when the port is unknown or in use. */
  constructor({ serial, onBytes }: PipeOptions) {
    this.#serial = new serial.io({
      port: serial.port,
      baud: serial.baud,
      parity: "none",
      onReadable: () => {
        const bytes = this.#serial.read();
        if (bytes) onBytes(bytes);
      },
    });
  }

  /** Queues ASCII text for sending. */
  write(text: string): void {
    const bytes = new Uint8Array(text.length);
    putText(bytes, 0, text);
    this.#serial.write(bytes);
  }

  /** Releases the port. Idempotent. */
  close(): void {
    this.#serial.close();
  }
}
