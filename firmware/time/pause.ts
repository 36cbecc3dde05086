import type { Clock } from "../../hal/clock.js";

/** Resolves `milliseconds` from now. */
export function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(resolve, milliseconds);
  });
}
