import type { Clock } from "../../../hal/clock.js";

/** Lets asynchronous code rest until something happens or some time has passed. */
export class Pause {
  #clock: Clock;
  /** Made when there is a rest: most of the time there is none. */
  #resting: Set<() => void> | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves to true when `end` was called first, to false after `milliseconds`. */
  rest(milliseconds: number): Promise<boolean> {
    const resting = (this.#resting ??= new Set());
    return new Promise((resolve) => {
      const timer = this.#clock.setTimer(() => {
        resting.delete(end);
        resolve(false);
      }, milliseconds);
      const end = (): void => {
        this.#clock.clearTimer(timer);
        resolve(true);
      };
      resting.add(end);
    });
  }

  /** Ends every rest that is under way. */
  end(): void {
    const resting = this.#resting;
    this.#resting = undefined;
    resting?.forEach((end) => {
      end();
    });
  }
}
