import { type ApplicationCall, Operation, PortEvent } from "./port.js";

export interface SerialListener {
  readable(byteLength: number): void;
  error(): void;
}

/**
 * The application's end of the boundary for one run of the application: passes calls on and hands events to
 * whoever opened the timer, port or pin.
 */
export class Link {
  /** Milliseconds, as of the event that is being handled: time stands still in between. */
  ticks = 0;
  /** Carries out one operation of the boundary. */
  readonly call: ApplicationCall;
  onWake: (() => void) | undefined;
  onBrownOut: (() => void) | undefined;
  #timers: Map<number, () => void> | undefined;
  #lastTimer = 0;
  #serials: Map<number, SerialListener> | undefined;
  #inputs: Map<number, () => void> | undefined;

  constructor(call: ApplicationCall) {
    this.call = call;
  }

  startTimer(callback: () => void, delayMilliseconds: number): number {
    const id = ++this.#lastTimer;
    this.#timers ??= new Map();
    this.#timers.set(id, callback);
    this.call(Operation.setTimer, id, delayMilliseconds);
    return id;
  }

  stopTimer(id: number): void {
    if (this.#timers?.delete(id)) this.call(Operation.clearTimer, id);
  }

  listenSerial(handle: number, listener: SerialListener | undefined): void {
    this.#serials ??= new Map();
    if (listener) this.#serials.set(handle, listener);
    else this.#serials.delete(handle);
  }

  listenInput(handle: number, listener: (() => void) | undefined): void {
    this.#inputs ??= new Map();
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
        const callback = this.#timers?.get(a);
        this.#timers?.delete(a);
        callback?.();
        break;
      }
      case PortEvent.serialReadable:
        this.#serials?.get(a)?.readable(b);
        break;
      case PortEvent.serialError:
        this.#serials?.get(a)?.error();
        break;
      case PortEvent.digitalReadable:
        this.#inputs?.get(a)?.();
        break;
      case PortEvent.brownOut:
        this.onBrownOut?.();
        break;
      default:
        throw new RangeError(`unknown event ${event}`);
    }
  }
}
