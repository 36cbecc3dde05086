import { Operation, type PortCall, PortEvent, type PortResult } from "./port.js";

/**
 * The application's end of the boundary for one run of the application: passes calls on and hands events to
 * whoever opened the timer, port or pin.
 */
export class Link {
  /** Milliseconds, as of the event that is being handled: time stands still in between. */
  ticks = 0;
  onWake: (() => void) | undefined;
  onBrownOut: (() => void) | undefined;
  #call: PortCall;
  #timers = new Map<number, () => void>();
  #lastTimer = 0;
  #serials = new Map<number, { readable(byteLength: number): void; error(): void }>();
  #inputs = new Map<number, () => void>();

  constructor(call: PortCall) {
    this.#call = call;
  }

  call(operation: number, a = 0, b = 0, c = 0, bytes?: Uint8Array): PortResult {
    return this.#call(operation, a, b, c, bytes);
  }

  callNumber(operation: number, a = 0, b = 0, c = 0, bytes?: Uint8Array): number {
    const result = this.#call(operation, a, b, c, bytes);
    if (typeof result !== "number") throw new Error(`operation ${operation} gave no number`);
    return result;
  }

  callBytes(operation: number, a = 0, b = 0, c = 0, bytes?: Uint8Array): Uint8Array {
    const result = this.#call(operation, a, b, c, bytes);
    if (result === undefined || typeof result === "number")
      throw new Error(`operation ${operation} gave no bytes`);
    return result;
  }

  startTimer(callback: () => void, delayMilliseconds: number): number {
    const id = ++this.#lastTimer;
    this.#timers.set(id, callback);
    this.#call(Operation.setTimer, id, delayMilliseconds, 0, undefined);
    return id;
  }

  stopTimer(id: number): void {
    if (this.#timers.delete(id)) this.#call(Operation.clearTimer, id, 0, 0, undefined);
  }

  listenSerial(
    handle: number,
    listener: { readable(byteLength: number): void; error(): void } | undefined,
  ): void {
    if (listener) this.#serials.set(handle, listener);
    else this.#serials.delete(handle);
  }

  listenInput(handle: number, listener: (() => void) | undefined): void {
    if (listener) this.#inputs.set(handle, listener);
    else this.#inputs.delete(handle);
  }

  dispatch(event: number, ticks: number, a: number, b: number): void {
    this.ticks = ticks;
    switch (event) {
      case PortEvent.wake:
        this.onWake?.();
        break;
      case PortEvent.timer: {
        const callback = this.#timers.get(a);
        this.#timers.delete(a);
        callback?.();
        break;
      }
      case PortEvent.serialReadable:
        this.#serials.get(a)?.readable(b);
        break;
      case PortEvent.serialError:
        this.#serials.get(a)?.error();
        break;
      case PortEvent.digitalReadable:
        this.#inputs.get(a)?.();
        break;
      case PortEvent.brownOut:
        this.onBrownOut?.();
        break;
      default:
        throw new RangeError(`unknown event ${event}`);
    }
  }
}
