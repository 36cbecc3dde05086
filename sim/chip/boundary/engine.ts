import type { ChipSocket } from "./chip-socket.js";
import type { PortCall } from "./port.js";

/**
 * A JavaScript engine that runs the application (`firmware/main.ts`) behind the boundary.
 *
 * Between two events every promise job runs to its end: `wake` and `deliver` have ended (returned, or resolved
 * where they return a promise) only when nothing is left to run.
 */
export interface Engine {
  readonly name: "node" | "xs" | "rv32" | "chip";
  /** True when its program runs the pulse decoder of `hal/core/` and has to be told what the contacts do. */
  readonly decodesPulses: boolean;
  /** Of an engine that is a whole chip, and needs more of its board than the boundary: called before the power comes. */
  solder?(socket: ChipSocket): void;
  /** Starts the application afresh, with nothing left of an earlier run, and delivers `PortEvent.wake`. */
  wake(ticks: number): void | Promise<void>;
  /** Delivers one event to the running application. */
  deliver(event: number, ticks: number, a: number, b: number): void | Promise<void>;
  /** Forgets the running application: deep sleep, a reset or a power cut took its memory. */
  stop(): void;
  /** Ends the engine for good. Idempotent. */
  close(): void;
}

/** Makes an engine whose application crosses the boundary through `call`. */
export type EngineFactory = (call: PortCall) => Engine | Promise<Engine>;
