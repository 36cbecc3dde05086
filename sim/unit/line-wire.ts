import { baudRate } from "../../firmware/contracts/service-protocol.js";
import type { Uart } from "../chip/board/uart.js";
import type { Random } from "../kernel/random.js";
import type { Scheduler } from "../kernel/world.js";
import type { ServiceLine } from "./bench-access.js";

/** One byte, with its start bit and its stop bit. */
const byteMicroseconds = 1e7 / baudRate;
/** A USB adapter hands over what has come in pieces of about this. */
const pieceByteLength = 10;

export interface LineWireOptions {
  readonly scheduler: Scheduler;
  readonly uart: Uart;
  readonly random: Random;
  /** As in `UnitCondition`. */
  readonly noiseOdds: number;
  /** Called when something has reached the station. */
  readonly onArrival: () => void;
}

/** The wires between a station's serial port and a unit's service port. */
export class LineWire implements ServiceLine {
  onReceive: ((bytes: Uint8Array) => void) | undefined;
  isConnected = true;
  #options: LineWireOptions;
  #toUnitFreeMicroseconds = 0;
  #toStationFreeMicroseconds = 0;

  constructor(options: LineWireOptions) {
    this.#options = options;
    options.uart.peer = {
      receive: (bytes) => {
        this.#toStation(bytes);
      },
    };
  }

  send(bytes: Uint8Array): void {
    const { uart, scheduler } = this.#options;
    this.#toUnitFreeMicroseconds = Math.max(this.#toUnitFreeMicroseconds, scheduler.nowMicroseconds);
    for (const piece of piecesOf(bytes)) {
      this.#toUnitFreeMicroseconds += Math.ceil(piece.byteLength * byteMicroseconds);
      scheduler.schedule(this.#toUnitFreeMicroseconds - scheduler.nowMicroseconds, () => {
        if (this.isConnected) uart.input(this.#withNoise(piece));
      });
    }
  }

  #toStation(bytes: Uint8Array): void {
    const { scheduler, onArrival } = this.#options;
    this.#toStationFreeMicroseconds = Math.max(this.#toStationFreeMicroseconds, scheduler.nowMicroseconds);
    for (const piece of piecesOf(bytes)) {
      this.#toStationFreeMicroseconds += Math.ceil(piece.byteLength * byteMicroseconds);
      scheduler.schedule(this.#toStationFreeMicroseconds - scheduler.nowMicroseconds, () => {
        if (!this.isConnected) return;
        onArrival();
        this.onReceive?.(this.#withNoise(piece));
      });
    }
  }

  #withNoise(bytes: Uint8Array): Uint8Array {
    const { noiseOdds, random } = this.#options;
    if (noiseOdds === 0) return bytes;
    return bytes.map((byte) => (random.chance(noiseOdds) ? random.uint32() & 0xff : byte));
  }
}

function piecesOf(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.byteLength; start += pieceByteLength)
    pieces.push(bytes.slice(start, start + pieceByteLength));
  return pieces;
}
