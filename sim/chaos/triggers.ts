import { Operation } from "../chip/boundary/port.js";
import type { FlashChange } from "../world/flash/faulty-flash.js";
import type { Scheduler } from "../kernel/world.js";
import type { Moment } from "./planned-fault.js";

/** What strikes at its moment. `change` is the flash operation it strikes in; it must throw, unless it only watches. */
export type Strike = (change: FlashChange | undefined, pick: number) => void;

interface Armed {
  passed: number;
  readonly pick: number;
  readonly strike: Strike;
}

/** Holds faults back until their very moment has come. */
export class Triggers {
  #scheduler: Scheduler;
  #flash: Armed[] = [];
  #calls: Armed[] = [];
  #reports: { readonly delaySeconds: number; readonly strike: Strike }[] = [];
  #isOver = false;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  arm(moment: Moment, strike: Strike): void {
    if (this.#isOver) return;
    switch (moment.when) {
      case "now":
        strike(undefined, 0);
        break;
      case "flash":
        this.#flash.push({ passed: moment.passed, pick: moment.pick, strike });
        break;
      case "call":
        this.#calls.push({ passed: moment.passed, pick: 0, strike });
        break;
      case "report":
        this.#reports.push({ delaySeconds: moment.delaySeconds, strike });
    }
  }

  /** Faults are over: what still waits for its moment never strikes. */
  end(): void {
    this.#isOver = true;
    this.#flash = [];
    this.#calls = [];
    this.#reports = [];
  }

  onCall(operation: number): void {
    if (operation === Operation.serialOpen) this.#beginReport();
    if (this.#calls.length > 0) fire(this.#calls, undefined);
  }

  onFlashChange(change: FlashChange): void {
    if (this.#flash.length > 0) fire(this.#flash, change);
  }

  #beginReport(): void {
    for (const { delaySeconds, strike } of this.#reports.splice(0))
      this.#scheduler.schedule(delaySeconds * 1e6, () => {
        if (!this.#isOver) strike(undefined, 0);
      });
  }
}

/** One call counts for the first that waits only: faults that were armed together strike one after the other. */
function fire(armed: Armed[], change: FlashChange | undefined): void {
  const first = armed[0];
  if (!first || first.passed-- > 0) return;
  armed.shift();
  first.strike(change, first.pick);
}
