import { type PortCall, PortEvent, type PortResult } from "../../chip/boundary/port.js";
import type { Engine } from "../../chip/boundary/engine.js";
import { PowerCut } from "../../chip/boundary/power-cut.js";
import type { PipedProcess } from "./piped-process.js";

/**
 * What the run of the application has cost since its wake: memory at its peak, beyond the loaded modules, and
 * instructions.
 */
export interface RunCosts {
  /** Garbage counts until it is collected. A slot has 32 bytes on a 64-bit host and 16 on a 32-bit chip. */
  readonly peakSlots: number;
  /** Bytes of chunks (strings, buffers, tables), likewise. */
  readonly peakChunkBytes: number;
  /** Slots of the machine's stack. */
  readonly peakStackSlots: number;
  /** Bytes that a wake copies back: the engine with the modules loaded, and the free slots. */
  readonly savedBytes: number;
  /**
   * Of the application and the engine. Without those of the line to the simulator and of the pulse decoder, for which
   * a chip has native drivers, and without `loadedInstructions`; 0 on an engine that counts none.
   */
  readonly instructions: number;
  /** Garbage collections. */
  readonly collections: number;
  /** What those have spent on the loaded modules, which on a chip lie in flash and are not walked through. */
  readonly loadedInstructions: number;
}

// The frames are described in program/port.h.
const callHeaderBytes = 30;
const replyHeaderBytes = 5;
const contentBytes = 64 * 1024;
const idleOperation = 0;
const profileEvent = 200;
const ReplyKind = Object.freeze({ undefined: 0, number: 1, bytes: 2, event: 3, abort: 4, end: 5 });

/**
 * The application in an engine that has a process of its own, which calls through a pipe and waits for the answer. Each
 * wake gets the machine as it was when the modules had been loaded.
 */
export class ProcessEngine implements Engine {
  readonly name: Engine["name"];
  readonly decodesPulses = true;
  #process: PipedProcess;
  #call: PortCall;
  #running = false;
  #serving = false;
  #closed = false;
  #frame = new Uint8Array(callHeaderBytes + contentBytes);
  #view = new DataView(this.#frame.buffer);
  #costs: RunCosts = {
    peakSlots: 0,
    peakChunkBytes: 0,
    peakStackSlots: 0,
    savedBytes: 0,
    instructions: 0,
    collections: 0,
    loadedInstructions: 0,
  };

  /** Waits until the program has loaded its modules. @throws {Error} of one line when it can't. */
  constructor(name: Engine["name"], process: PipedProcess, call: PortCall) {
    this.name = name;
    this.#process = process;
    this.#call = call;
    this.#serve();
  }

  /** As of the last event. */
  get costs(): RunCosts {
    return this.#costs;
  }

  get processId(): number | undefined {
    return this.#process.processId;
  }

  wake(ticks: number): void {
    this.#running = true;
    this.#send(PortEvent.wake, ticks, 0, 0);
  }

  deliver(event: number, ticks: number, a: number, b: number): void {
    if (this.#running) this.#send(event, ticks, a, b);
  }

  stop(): void {
    this.#running = false;
  }

  /** Delivers an event whether or not an application runs: to a program that is more than that. */
  ask(event: number, ticks: number, a: number, b: number): void {
    this.#running = true;
    this.#send(event, ticks, a, b);
  }

  /** Has the program tell its samples since the last time and who holds its slots, in the lines of program/profile.h. */
  profile(): string {
    if (this.#closed) return "";
    const call = this.#call;
    let text = "";
    this.#call = (_operation, _a, _b, _c, bytes) => {
      text += new TextDecoder().decode(bytes);
      return undefined;
    };
    try {
      this.#send(profileEvent, 0, 0, 0);
    } finally {
      this.#call = call;
    }
    return text;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#running = false;
    try {
      this.#write(ReplyKind.end, 0);
    } catch {
      // It has ended already.
    }
    this.#process.close();
  }

  #send(event: number, ticks: number, a: number, b: number): void {
    if (this.#serving) throw new Error("an event can't be delivered inside a call");
    this.#view.setUint8(replyHeaderBytes, event);
    this.#view.setFloat64(replyHeaderBytes + 1, ticks, true);
    this.#view.setFloat64(replyHeaderBytes + 9, a, true);
    this.#view.setFloat64(replyHeaderBytes + 17, b, true);
    this.#write(ReplyKind.event, 25);
    this.#serve();
  }

  /** Answers calls until every job has run; then throws what a call threw, unless it was a power cut. */
  #serve(): void {
    let failure: { readonly error: unknown } | undefined;
    this.#serving = true;
    try {
      for (let operation = this.#receive(); operation !== idleOperation; operation = this.#receive()) {
        let result: PortResult;
        try {
          result = this.#carryOut(operation);
        } catch (error) {
          this.#running = false;
          if (!(error instanceof PowerCut)) failure ??= { error };
        }
        if (this.#closed) break;
        this.#reply(result);
      }
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.#serving = false;
    }
    if (failure) throw failure.error;
  }

  #carryOut(operation: number): PortResult {
    const view = this.#view;
    const length = view.getUint32(0, true) + 4;
    // A copy, because the frame is used again and the callee may keep what it was given.
    const bytes =
      view.getUint8(callHeaderBytes - 1) === 1 ? this.#frame.slice(callHeaderBytes, length) : undefined;
    const a = view.getFloat64(5, true);
    const b = view.getFloat64(13, true);
    const c = view.getFloat64(21, true);
    return this.#call(operation, a, b, c, bytes);
  }

  #reply(result: PortResult): void {
    // The call itself may have ended the run: the chip sleeps, restarts or has no power.
    if (!this.#running) {
      this.#write(ReplyKind.abort, 0);
    } else if (result === undefined) {
      this.#write(ReplyKind.undefined, 0);
    } else if (typeof result === "number") {
      this.#view.setFloat64(replyHeaderBytes, result, true);
      this.#write(ReplyKind.number, 8);
    } else {
      if (result.byteLength > contentBytes)
        throw new RangeError(`a call can return ${contentBytes} bytes, not ${result.byteLength}`);
      this.#frame.set(result, replyHeaderBytes);
      this.#write(ReplyKind.bytes, result.byteLength);
    }
  }

  #write(kind: number, byteLength: number): void {
    this.#view.setUint32(0, byteLength + 1, true);
    this.#view.setUint8(4, kind);
    this.#process.write(this.#frame, replyHeaderBytes + byteLength);
  }

  /** Waits for a call; returns its operation. The program then waits for us, so one read brings one frame or less. */
  #receive(): number {
    let received = this.#process.read(this.#frame, 0, this.#frame.length);
    while (received < 4 || received < this.#view.getUint32(0, true) + 4)
      received += this.#process.read(this.#frame, received, this.#frame.length - received);
    const operation = this.#view.getUint8(4);
    if (operation === idleOperation) this.#costs = costsIn(this.#view);
    return operation;
  }
}

function costsIn(view: DataView): RunCosts {
  const number = (index: number): number => view.getFloat64(callHeaderBytes + 8 * index, true);
  return {
    peakSlots: number(0),
    peakChunkBytes: number(1),
    peakStackSlots: number(2),
    savedBytes: number(3),
    instructions: number(4),
    collections: number(5),
    loadedInstructions: number(6),
  };
}
