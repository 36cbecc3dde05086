import type { Scheduled, Scheduler } from "../../kernel/world.js";

/** Timers of one part of the modem, which all end together when that part loses its power. */
export class TimerSet {
  #scheduler: Scheduler;
  #pending = new Set<Scheduled>();

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  after(delayMilliseconds: number, action: () => void): Scheduled {
    const scheduled = this.#scheduler.schedule(delayMilliseconds * 1_000, () => {
      this.#pending.delete(scheduled);
      action();
    });
    this.#pending.add(scheduled);
    return scheduled;
  }

  cancel(scheduled: Scheduled | undefined): void {
    if (!scheduled) return;
    this.#scheduler.cancel(scheduled);
    this.#pending.delete(scheduled);
  }

  cancelAll(): void {
    for (const scheduled of this.#pending) this.#scheduler.cancel(scheduled);
    this.#pending.clear();
  }
}
