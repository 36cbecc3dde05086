import type { Clock } from "../../hal/clock.js";

/** Lets asynchronous code rest until something happens or some time has passed. */
export class Pause {
  #clock: Clock;
  #resting = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves to true when `end` was called first, to false after `milliseconds`. */
  rest(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = this.#clock.setTimer(() => {
        this.#resting.delete(end);
        resolve(false);
      }, milliseconds);
      const end = (): void => {
        this.#clock.clearTimer(timer);
        resolve(true);
      };
      this.#resting.add(end);
    });
  }

  /** Ends every rest that is under way. */
  end(): void {
    const resting = this.#resting;
    this.#resting = new Set();
    for (const end of resting) end();
  }
}
