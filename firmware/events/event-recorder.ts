import { BrokenInvariant } from "../../hal/base/invariant.js";
import { dayMilliseconds } from "../../hal/base/time-units.js";
import type { Clock } from "../../hal/clock.js";
import type { SliceSource } from "../legal/retained/slice.js";
import { EventBudget } from "./event-budget.js";
import type { EventLog } from "./event-log.js";
import { auditedEvents, type EventName, eventNames } from "./event-names.js";

/**
 * Whoever has something to tell tells it here. The event log is a failure domain of its own: whatever is wrong with it
 * costs an entry, and never who wanted to make one. And it has a budget: of each kind that nobody did by a command it takes
 * eight entries a day and counts the others.
 */
export class EventRecorder {
  /** Entries that were lost to something worse than a flash that refuses. */
  lost = 0;
  #log: EventLog;
  #slices: SliceSource;
  #clock: Pick<Clock, "ticks">;

  constructor(log: EventLog, slices: SliceSource, clock: Pick<Clock, "ticks">) {
    this.#log = log;
    this.#slices = slices;
    this.#clock = clock;
  }

  /**
   * Stores an entry, or counts it where the day has had enough of its kind; `detail` is a signed 32-bit integer,
   * `epochSeconds` UTC or 0. False when the flash refuses, or the log can't be opened.
   */
  append(event: EventName, detail: number, epochSeconds: number): boolean {
    try {
      if (auditedEvents.includes(event)) return this.#log.append(event, detail, epochSeconds);
      const budget = this.budgetOfToday(epochSeconds);
      const kind = eventNames.indexOf(event);
      if (!budget.take(kind)) return true;
      const isStored = this.#log.append(event, detail, epochSeconds);
      if (!isStored) budget.giveBack(kind);
      return isStored;
    } catch (error) {
      // What can't be must not go on. A board without the partition is no reason to end a run.
      if (error instanceof BrokenInvariant) throw error;
      this.lost++;
      return false;
    }
  }

  private budgetOfToday(epochSeconds: number): EventBudget {
    const budget = new EventBudget(this.#slices);
    const day = 1 + (Math.floor(this.#clock.ticks / dayMilliseconds) % 0xffff);
    if (day !== budget.day) this.beginDay(budget, day, epochSeconds);
    return budget;
  }

  private beginDay(budget: EventBudget, day: number, epochSeconds: number): void {
    const kinds = budget.hasCounted ? eventNames.length : 0;
    for (let kind = 0; kind < kinds; kind++) {
      const counted = budget.counted(kind);
      if (counted > 0) this.#log.append("more-of-a-kind", kind * 0x10000 + counted, epochSeconds);
    }
    budget.begin(day);
  }
}
