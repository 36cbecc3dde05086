import { setTimeout as sleep } from "node:timers/promises";
import type { SlotClock } from "../attempt/slot-clock.js";

/** The host's own time, for real units. */
export const hostClock: SlotClock = Object.freeze({
  get nowMilliseconds(): number {
    return performance.now();
  },
  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    try {
      await sleep(milliseconds, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
});
