import type { SlotClock } from "../../jig/attempt/slot-clock.js";
import { settle } from "../virtual-clock.js";

interface Wait {
  readonly atMilliseconds: number;
  readonly end: () => void;
}

/** A slot's time that passes only while somebody waits, and then at once. */
export class VirtualSlotClock implements SlotClock {
  nowMilliseconds = 0;
  #waits: Wait[] = [];
  #isRunning = false;

  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const wait = { atMilliseconds: this.nowMilliseconds + milliseconds, end: resolve };
      this.#waits.push(wait);
      signal?.addEventListener("abort", () => {
        this.#waits = this.#waits.filter((each) => each !== wait);
        reject(signal.reason as Error);
      });
      void this.#run();
    });
  }

  /** Calls `action` when so much time has passed. */
  after(milliseconds: number, action: () => void): void {
    this.#waits.push({ atMilliseconds: this.nowMilliseconds + milliseconds, end: action });
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (;;) {
      await settle();
      const next = this.#waits.sort((one, other) => one.atMilliseconds - other.atMilliseconds).shift();
      if (!next) break;
      this.nowMilliseconds = Math.max(this.nowMilliseconds, next.atMilliseconds);
      next.end();
    }
    this.#isRunning = false;
  }
}
