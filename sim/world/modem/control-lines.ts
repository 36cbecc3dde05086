import type { Scheduler } from "../../kernel/world.js";
import { TimerSet } from "./timer-set.js";

/** A press of the power key counts after this long (BC660K-GL hardware design). */
const powerKeyMilliseconds = 500;

export interface ControlLinesOptions {
  readonly scheduler: Scheduler;
  /** Whether the modem is on, asleep or awake: a reset has nothing to reset in one that is off. */
  readonly isOn: () => boolean;
  readonly onPowerKey: () => void;
  readonly onReset: () => void;
  readonly onResetReleased: () => void;
}

/** The power key and the reset line. They work whatever the modem's processor does. */
export class ControlLines {
  #options: ControlLinesOptions;
  #timers: TimerSet;
  #isResetHeld = false;

  constructor(options: ControlLinesOptions) {
    this.#options = options;
    this.#timers = new TimerSet(options.scheduler);
  }

  /** One press acts once, however long it lasts. */
  setPowerKey(pressed: boolean): void {
    this.#timers.cancelAll();
    if (!pressed) return;
    this.#timers.after(powerKeyMilliseconds, () => {
      if (!this.#isResetHeld) this.#options.onPowerKey();
    });
  }

  setReset(held: boolean): void {
    if (held === this.#isResetHeld || (held && !this.#options.isOn())) return;
    this.#isResetHeld = held;
    if (held) this.#options.onReset();
    else this.#options.onResetReleased();
  }
}
