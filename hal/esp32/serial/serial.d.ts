import type { SerialConstructor } from "../../serial.js";

export interface SerialWiring {
  /** UART number, below `uarts` of the chip in `../chips.ts`. UART 0 is the console of a debug build. */
  readonly uart: number;
  /** GPIO numbers. */
  readonly transmit: number;
  readonly receive: number;
  /** GPIO number of an RS-485 transceiver's driver enable, 1 while sending; undefined without one. */
  readonly direction: number | undefined;
}

/**
 * The board's serial ports by name. The class throws as `SerialConstructor` says.
 *
 * 2 KiB are buffered each way; `write` waits for room beyond that, and `close` up to a second for what is left to send.
 * The buffer fills while a flash sector is erased too, some 50 ms in which nothing is told.
 */
export function serialClass(ports: Readonly<Record<string, SerialWiring>>): SerialConstructor;
