import type { Scheduler } from "../../../kernel/world.js";
import type { ModemState } from "./bc660k-options.js";

/** How long a modem has been in each of its states, and how often it was started. */
export class StateTimes {
  /** By its power key, its reset line or a command; a wake from deep sleep is none. */
  starts = 0;
  #scheduler: Scheduler;
  #state: ModemState = "off";
  #sinceMicroseconds: number;
  #microseconds = new Map<ModemState, number>();

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
    this.#sinceMicroseconds = scheduler.nowMicroseconds;
  }

  enter(state: ModemState): void {
    this.#microseconds.set(this.#state, this.#microsecondsIn(this.#state));
    this.#sinceMicroseconds = this.#scheduler.nowMicroseconds;
    this.#state = state;
  }

  secondsIn(state: ModemState): number {
    return this.#microsecondsIn(state) / 1e6;
  }

  #microsecondsIn(state: ModemState): number {
    const since = state === this.#state ? this.#scheduler.nowMicroseconds - this.#sinceMicroseconds : 0;
    return (this.#microseconds.get(state) ?? 0) + since;
  }
}
