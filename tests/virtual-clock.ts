import type { Clock, TimeTrust, TimerHandle, WallTime } from "../hal/clock.js";

interface Timer {
  readonly handle: number;
  readonly at: number;
  readonly callback: () => void;
}

/** A clock whose time passes only when the test says so. */
export class VirtualClock implements Clock {
  ticks = 0;
  wallTime: WallTime = { epochMilliseconds: 0, trust: "unset" };
  #timers: Timer[] = [];
  #lastHandle = 0;

  get pendingTimers(): number {
    return this.#timers.length;
  }

  setWallTime(epochMilliseconds: number, trust: TimeTrust): void {
    this.wallTime = { epochMilliseconds, trust };
  }

  setTimer(callback: () => void, delayMilliseconds: number): TimerHandle {
    if (!(delayMilliseconds >= 0)) throw new RangeError("negative delay");
    const handle = ++this.#lastHandle;
    this.#timers.push({ handle, at: this.ticks + delayMilliseconds, callback });
    return handle;
  }

  clearTimer(handle: TimerHandle): void {
    this.#timers = this.#timers.filter((timer) => timer.handle !== handle);
  }

  /** The chip is reset: nothing of the run before comes to its end. */
  dropTimers(): void {
    this.#timers = [];
  }

  /** Lets `milliseconds` pass, with every promise job run between two timers. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.ticks + milliseconds;
    await settle();
    while (this.#fireNext(end)) await settle();
    this.ticks = end;
  }

  /** Lets time pass until `promise` has settled. */
  async until<Value>(promise: Promise<Value>): Promise<Value> {
    let settled = false;
    const end = (): void => {
      settled = true;
    };
    promise.then(end, end);
    await settle();
    while (!isTrue(() => settled)) {
      if (!this.#fireNext(Infinity)) throw new Error("nothing left to wait for");
      await settle();
    }
    return promise;
  }

  #fireNext(latest: number): boolean {
    const [next] = this.#timers.sort((one, other) => one.at - other.at || one.handle - other.handle);
    if (!next || next.at > latest) return false;
    this.clearTimer(next.handle);
    this.ticks = Math.max(this.ticks, next.at);
    next.callback();
    return true;
  }
}

function isTrue(condition: () => boolean): boolean {
  return condition();
}

/** Runs every promise job that is ready, and those that they make ready. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
