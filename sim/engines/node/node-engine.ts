import { promiseHooks } from "node:v8";
import { main } from "../../../firmware/main.js";
import { startApplication } from "../../chip/hardware/application.js";
import { crossing } from "../../chip/boundary/crossing.js";
import { type PortCall, PortEvent } from "../../chip/boundary/port.js";
import type { Engine } from "../../chip/boundary/engine.js";
import { PowerCut } from "../../chip/boundary/power-cut.js";
import { simulatedBuild } from "../image/simulated-build.js";

type Dispatch = (event: number, ticks: number, a: number, b: number) => void;

/**
 * The application on this very Node: a new `Link` and new objects for each run, so that nothing but module
 * constants is shared between runs.
 */
export class NodeEngine implements Engine {
  readonly name = "node";
  readonly decodesPulses = false;
  #call: PortCall;
  #dispatch: Dispatch | undefined;
  #run = 0;
  #stopHearing: (() => void) | undefined;

  constructor(call: PortCall) {
    this.#call = call;
  }

  wake(ticks: number): Promise<void> {
    const run = ++this.#run;
    const isOver = (): boolean => run !== this.#run;
    const guarded: PortCall = (operation, a, b, c, bytes) => {
      if (isOver()) throw new PowerCut("this run of the application is over");
      try {
        return this.#call(operation, a, b, c, bytes);
      } catch (error) {
        if (error instanceof PowerCut) {
          this.stop();
          this.#stopHearing ??= hearEveryRejection();
        }
        throw error;
      }
    };
    this.#dispatch = startApplication(crossing(guarded), async (hardware) => {
      try {
        await main(hardware, simulatedBuild);
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
    this.#stopHearing?.();
    this.#stopHearing = undefined;
  }

  stop(): void {
    this.#run++;
    this.#dispatch = undefined;
  }

  close(): void {
    this.stop();
  }
}

/**
 * Where power fails, code may be gone that was about to wait for a promise. Nobody hears of its rejection then, which
 * ends a Node process; on the chip it is gone with the rest. Until the returned function is called, somebody does.
 */
function hearEveryRejection(): () => void {
  const heard = new WeakSet();
  // Declared as a `Function` by Node's types.
  return promiseHooks.onSettled((promise) => {
    if (!heard.has(promise)) heard.add(promise.catch(() => undefined));
  }) as () => void;
}
