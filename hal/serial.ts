export type SerialParity = "none" | "even" | "odd";

/** ECMA-419 Serial, with parity (M-Bus and CJ/T 188 need 2400 8E1). */
export interface SerialOptions {
  /** The board's name of the port. */
  readonly port: string;
  /** Bits per second, 300 to 921600. */
  readonly baud: number;
  readonly parity: SerialParity;
  /** Called when bytes have arrived, with how many can be read now. Never called inside a public method. */
  readonly onReadable: (byteLength: number) => void;
  /** Called after a loss of input (overrun, framing); the port goes on. */
  readonly onError?: (error: Error) => void;
}

export interface Serial {
  /** Takes everything that has arrived; undefined when there is nothing. */
  read(): Uint8Array | undefined;
  /** Queues `bytes` for sending. */
  write(bytes: Uint8Array): void;
  /** Releases the port. Idempotent. */
  close(): void;
}

/** @throws {RangeError} when an option is out of range, {Error} when the port is unknown or in use. */
export type SerialConstructor = new (options: SerialOptions) => Serial;
