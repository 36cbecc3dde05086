import type { Scheduler } from "../../kernel/world.js";

/** Integrates a current that is constant between changes. */
export class ChargeMeter {
  #scheduler: Scheduler;
  #milliamperes = 0;
  #sinceMicroseconds: number;
  #microampereHours = 0;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
    this.#sinceMicroseconds = scheduler.nowMicroseconds;
  }

  get milliamperes(): number {
    return this.#milliamperes;
  }

  set milliamperes(value: number) {
    this.#microampereHours = this.microampereHours;
    this.#sinceMicroseconds = this.#scheduler.nowMicroseconds;
    this.#milliamperes = value;
  }

  /** Drawn since construction. */
  get microampereHours(): number {
    const microseconds = this.#scheduler.nowMicroseconds - this.#sinceMicroseconds;
    return this.#microampereHours + (this.#milliamperes * microseconds) / 3.6e6;
  }
}
