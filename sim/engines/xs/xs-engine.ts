import { join } from "node:path";

import { type PortCall, PortEvent, type PortResult } from "../../boundary/port.js";
import { type Engine, PowerCut } from "../engine.js";
import { type BuildProgress, buildHost, projectFolder } from "./build-host.js";
import { HostProcess } from "./host-process.js";

export interface XsEngineOptions {
  /** The folder of compiled modules; nothing outside it is read. By default the project's dist/. */
  readonly moduleFolder?: string;
  /** The module to begin with, relative to that folder. Its default export takes the events. */
  readonly rootModule?: string;
  readonly onProgress?: BuildProgress;
}

/** Memory of the engine, in the units of the 64-bit host: a slot has 32 bytes here and 16 on a 32-bit chip. */
export interface XsMemory {
  /** Slots taken since the last wake at the peak, beyond the loaded modules; garbage counts until collected. */
  readonly peakSlots: number;
  /** Bytes of chunks (strings, buffers, tables), likewise. */
  readonly peakChunkBytes: number;
  /** What a wake copies back: the engine with the modules loaded, and the free slots. */
  readonly savedBytes: number;
}

// The frames are described in host/port.h.
const callHeaderBytes = 30;
const replyHeaderBytes = 5;
const contentBytes = 64 * 1024;
const idleOperation = 0;
const ReplyKind = Object.freeze({ undefined: 0, number: 1, bytes: 2, event: 3, abort: 4, end: 5 });

/** Builds the XS host unless that was done before, starts it and loads the application into it. */
export async function createXsEngine(call: PortCall, options: XsEngineOptions = {}): Promise<XsEngine> {
  const executable = await buildHost(options.onProgress);
  const moduleFolder = options.moduleFolder ?? join(projectFolder(), "dist");
  const rootModule = options.rootModule ?? "sim/engines/xs/root.js";
  return new XsEngine(await HostProcess.start(executable, [moduleFolder, rootModule]), call);
}

/**
 * The application alone in the real Moddable XS engine: a child process that calls through a pipe and waits for the
 * answer. Each wake gets the machine as it was when the modules had been loaded.
 */
export class XsEngine implements Engine {
  readonly name = "xs";
  readonly decodesPulses = true;
  #host: HostProcess;
  #call: PortCall;
  #running = false;
  #serving = false;
  #closed = false;
  #frame = new Uint8Array(callHeaderBytes + contentBytes);
  #view = new DataView(this.#frame.buffer);
  #memory: XsMemory = { peakSlots: 0, peakChunkBytes: 0, savedBytes: 0 };

  /** Waits until the host has loaded its modules. @throws {Error} of one line when it can't. */
  constructor(host: HostProcess, call: PortCall) {
    this.#host = host;
    this.#call = call;
    this.#serve();
  }

  /** As of the last event. */
  get memory(): XsMemory {
    return this.#memory;
  }

  get processId(): number | undefined {
    return this.#host.processId;
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

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#running = false;
    try {
      this.#write(ReplyKind.end, 0);
    } catch {
      // It has ended already.
    }
    this.#host.close();
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
    this.#host.write(this.#frame, replyHeaderBytes + byteLength);
  }

  /** Waits for a call; returns its operation. The host then waits for us, so one read brings one frame or less. */
  #receive(): number {
    let received = this.#host.read(this.#frame, 0, this.#frame.length);
    while (received < 4 || received < this.#view.getUint32(0, true) + 4)
      received += this.#host.read(this.#frame, received, this.#frame.length - received);
    const operation = this.#view.getUint8(4);
    if (operation === idleOperation)
      this.#memory = {
        peakSlots: this.#view.getFloat64(5, true),
        peakChunkBytes: this.#view.getFloat64(13, true),
        savedBytes: this.#view.getFloat64(21, true),
      };
    return operation;
  }
}
