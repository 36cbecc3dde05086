import type { Clock, TimerHandle, TimeTrust } from "../../../hal/clock.js";

interface Timer {
  readonly handle: TimerHandle;
  readonly dueTicks: number;
  readonly callback: () => void;
}

/** A clock that moves only when a test says so, and lets every promise job run in between. */
export class VirtualClock implements Clock {
  ticks = 0;
  readonly wallTime = { epochMilliseconds: 0, trust: "unset" as TimeTrust };
  #timers: Timer[] = [];
  #lastHandle = 0;

  get pendingTimers(): number {
    return this.#timers.length;
  }

  setWallTime(): void {
    throw new Error("nothing under test sets the time");
  }

  setTimer(callback: () => void, delayMilliseconds: number): TimerHandle {
    if (!(delayMilliseconds >= 0)) throw new RangeError("negative delay");
    const handle = ++this.#lastHandle;
    this.#timers.push({ handle, dueTicks: this.ticks + delayMilliseconds, callback });
    this.#timers.sort((one, other) => one.dueTicks - other.dueTicks);
    return handle;
  }

  clearTimer(handle: TimerHandle): void {
    this.#timers = this.#timers.filter((timer) => timer.handle !== handle);
  }

  /** Lets `milliseconds` pass, timer by timer. */
  async advance(milliseconds: number): Promise<void> {
    const endTicks = this.ticks + milliseconds;
    await settle();
    for (;;) {
      const [next] = this.#timers;
      if (next === undefined || next.dueTicks > endTicks) break;
      this.#timers.shift();
      this.ticks = next.dueTicks;
      next.callback();
      await settle();
    }
    this.ticks = endTicks;
  }
}

/** Runs every promise job that is ready, and those that they make ready. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 50; round++) await Promise.resolve();
}
