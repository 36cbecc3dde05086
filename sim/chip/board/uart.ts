import type { SerialParity } from "../../../hal/serial.js";

/** Bytes that the receiving side can hold before it loses input. */
const receiveByteLength = 4096;

export interface SerialLine {
  /** Bits per second. */
  readonly baud: number;
  readonly parity: SerialParity;
}

/** What is wired to a UART's pins. */
export interface UartPeer {
  receive(bytes: Uint8Array): void;
}

/**
 * One UART of the board. What arrives while the application has it closed, or sleeps, is lost.
 */
export class Uart {
  peer: UartPeer | undefined;
  /** Called first with each input, whether or not anybody listens. */
  onActivity: (() => void) | undefined;
  /** What its bits are like, while it is open. */
  line: SerialLine | undefined;
  #handle: number | undefined;
  #received: Uint8Array[] = [];
  #receivedByteLength = 0;
  #onReadable: (handle: number, byteLength: number) => void;
  #onError: (handle: number) => void;
  #isAnnounced = false;

  constructor(onReadable: (handle: number, byteLength: number) => void, onError: (handle: number) => void) {
    this.#onReadable = onReadable;
    this.#onError = onError;
  }

  get isOpen(): boolean {
    return this.#handle !== undefined;
  }

  open(handle: number, line: SerialLine): void {
    this.#handle = handle;
    this.line = line;
  }

  close(): void {
    this.#handle = undefined;
    this.line = undefined;
    this.#received = [];
    this.#receivedByteLength = 0;
    this.#isAnnounced = false;
  }

  /** Bytes from the peer. */
  input(bytes: Uint8Array): void {
    this.onActivity?.();
    if (this.#handle === undefined) return;
    if (this.#receivedByteLength + bytes.byteLength > receiveByteLength) {
      this.#onError(this.#handle);
      return;
    }
    this.#received.push(bytes.slice());
    this.#receivedByteLength += bytes.byteLength;
    if (this.#isAnnounced) return;
    this.#isAnnounced = true;
    this.#onReadable(this.#handle, this.#receivedByteLength);
  }

  read(): Uint8Array | undefined {
    this.#isAnnounced = false;
    if (this.#receivedByteLength === 0) return undefined;
    const bytes = new Uint8Array(this.#receivedByteLength);
    let offset = 0;
    for (const piece of this.#received) {
      bytes.set(piece, offset);
      offset += piece.byteLength;
    }
    this.#received = [];
    this.#receivedByteLength = 0;
    return bytes;
  }

  write(bytes: Uint8Array): void {
    this.peer?.receive(bytes);
  }
}
