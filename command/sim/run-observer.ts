import type { Observer, Simulation } from "../../sim/run/simulation.js";
import { Interruption } from "../kit/failures.js";
import type { WallClock } from "../kit/surroundings.js";
import type { View } from "./view.js";

export interface RunObserverOptions {
  readonly simulation: Simulation;
  readonly view: View;
  readonly clock: WallClock;
  readonly interrupt: AbortSignal;
  /** Times real time; Infinity for as fast as it goes. */
  readonly speed: number;
}

const refreshMilliseconds = 100;
/** The host's timers are no more exact than this. */
const timerMilliseconds = 1;

/** Shows a run to its user, holds it back to the speed asked for, and ends it at Ctrl-C. */
export class RunObserver implements Observer {
  #options: RunObserverOptions;
  /** Wall time at which virtual time was 0. */
  #startMilliseconds: number | undefined;
  #refreshedMilliseconds = -Infinity;

  constructor(options: RunObserverOptions) {
    this.#options = options;
  }

  look(): undefined {
    return undefined;
  }

  /** @throws {Interruption} after Ctrl-C. */
  pace(nextMicroseconds: number): Promise<void> | undefined {
    const { view, clock, simulation } = this.#options;
    view.beforeEvent(nextMicroseconds);
    const now = clock.now();
    this.#startMilliseconds ??= now;
    if (this.#dueMilliseconds(nextMicroseconds) - now > timerMilliseconds)
      return this.#wait(nextMicroseconds);
    if (now - this.#refreshedMilliseconds < refreshMilliseconds) return undefined;
    return this.#refresh(simulation.scheduler.nowMicroseconds, 0);
  }

  async #wait(nextMicroseconds: number): Promise<void> {
    const { clock, simulation } = this.#options;
    const due = this.#dueMilliseconds(nextMicroseconds);
    for (let left = due - clock.now(); left > timerMilliseconds; left = due - clock.now()) {
      const paced = nextMicroseconds - left * 1000 * this.#options.speed;
      const pause = Math.min(left, refreshMilliseconds);
      await this.#refresh(Math.max(simulation.scheduler.nowMicroseconds, Math.floor(paced)), pause);
    }
  }

  /** The pause, even one of 0 ms, lets the process take in signals and output drain. */
  async #refresh(nowMicroseconds: number, pauseMilliseconds: number): Promise<void> {
    const { view, clock, interrupt } = this.#options;
    const now = clock.now();
    if (now - this.#refreshedMilliseconds >= refreshMilliseconds) {
      this.#refreshedMilliseconds = now;
      view.refresh(nowMicroseconds);
    }
    await clock.sleep(pauseMilliseconds);
    if (interrupt.aborted) throw new Interruption();
  }

  /** Wall time at which an event is due. */
  #dueMilliseconds(microseconds: number): number {
    return (this.#startMilliseconds ?? 0) + microseconds / 1000 / this.#options.speed;
  }
}
