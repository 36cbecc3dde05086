import type { Clock, TimerHandle } from "../hal/clock.js";
import type { Watchdog } from "../hal/watchdog.js";
import type { Metering } from "./legal/metering.js";

/** While something else is under way, what is due to be recorded is looked after at least this often. */
const recordingMilliseconds = 10_000;
/** How long one piece of work may keep feeding the watchdog. */
const longestWorkMilliseconds = 30 * 60_000;

/** The watchdog's patience. */
export const watchdogSeconds = 60;

/** Sees to it that values and checkpoints keep being taken on time while something else is under way. */
export class Recording {
  #clock: Clock;
  #watchdog: Watchdog;
  #metering: Metering;
  #timer: TimerHandle | undefined;
  #endTicks = 0;

  constructor(clock: Clock, watchdog: Watchdog, metering: Metering) {
    this.#clock = clock;
    this.#watchdog = watchdog;
    this.#metering = metering;
  }

  /** Begins, or begins anew with the next piece of work. */
  start(): void {
    this.stop();
    this.#endTicks = this.#clock.ticks + longestWorkMilliseconds;
    this.arm();
  }

  /** Idempotent. */
  stop(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  private arm(): void {
    const clock = this.#clock;
    const untilDue = this.#metering.nextDueTicks - clock.ticks;
    const delay = Math.min(Math.max(untilDue, 1), recordingMilliseconds);
    this.#timer = clock.setTimer(() => {
      this.#metering.recordWhatIsDue();
      // Work that never ends is for the watchdog to end.
      if (clock.ticks < this.#endTicks) this.#watchdog.feed(watchdogSeconds);
      this.arm();
    }, delay);
  }
}
