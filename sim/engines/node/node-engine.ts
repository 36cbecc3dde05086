import { main } from "../../../firmware/main.js";
import { startApplication } from "../../boundary/application.js";
import { type PortCall, PortEvent } from "../../boundary/port.js";
import type { Engine } from "../engine.js";
import { PowerCut } from "../engine.js";

/** True once somebody listens for what dead applications leave behind. */
let isListening = false;

type Dispatch = (event: number, ticks: number, a: number, b: number) => void;

/**
 * The application on this very Node: a new `Link` and new objects for each run, so that nothing but module
 * constants is shared between runs.
 */
export class NodeEngine implements Engine {
  readonly name = "node";
  #call: PortCall;
  #dispatch: Dispatch | undefined;
  #run = 0;

  constructor(call: PortCall) {
    this.#call = call;
    ignoreThePromisesOfTheDead();
  }

  wake(ticks: number): Promise<void> {
    const run = ++this.#run;
    const isOver = (): boolean => run !== this.#run;
    const guarded: PortCall = (operation, a, b, c, bytes) => {
      if (isOver()) throw new PowerCut("this run of the application is over");
      try {
        return this.#call(operation, a, b, c, bytes);
      } catch (error) {
        if (error instanceof PowerCut) this.stop();
        throw error;
      }
    };
    this.#dispatch = startApplication(guarded, async (hardware) => {
      try {
        await main(hardware);
      } catch (error) {
        // What a dead application still throws concerns nobody: on the chip it would be gone.
        if (!isOver()) throw error;
      }
    });
    return this.deliver(PortEvent.wake, ticks, 0, 0);
  }

  async deliver(event: number, ticks: number, a: number, b: number): Promise<void> {
    try {
      this.#dispatch?.(event, ticks, a, b);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
    }
    // An immediate runs only after the queue of promise jobs is empty.
    await new Promise((resolve) => setImmediate(resolve));
  }

  stop(): void {
    this.#run++;
    this.#dispatch = undefined;
  }

  close(): void {
    this.stop();
  }
}

/** Where power fails between two promises, nobody may be left to hear of a rejection; on the chip it is gone too. */
function ignoreThePromisesOfTheDead(): void {
  if (isListening) return;
  isListening = true;
  process.on("unhandledRejection", (reason) => {
    if (!(reason instanceof PowerCut)) throw reason;
  });
}
