import type { Random } from "../../kernel/random.js";
import type { Scheduled } from "../../kernel/world.js";
import type { ModemBehaviour } from "./modem-behaviour.js";
import type { TimerSet } from "./timer-set.js";

export interface LightSleepOptions {
  readonly timers: TimerSet;
  readonly random: Random;
  readonly behaviour: ModemBehaviour;
  /** Whether AT+QSCLK allows any sleep. */
  readonly isAllowed: () => boolean;
  /** Whether something is going on that keeps the processor awake. */
  readonly isBusy: () => boolean;
  /** Called after `isAsleep` has changed, and at each end of a silence. */
  readonly onChange: () => void;
}

/** The processor's light sleep after a silence on the UART. */
export class LightSleep {
  #options: LightSleepOptions;
  #isAsleep = false;
  #isWaking = false;
  #silence: Scheduled | undefined;

  constructor(options: LightSleepOptions) {
    this.#options = options;
  }

  /** While asleep, and until it has woken, the UART does not listen. */
  get isAsleep(): boolean {
    return this.#isAsleep;
  }

  /** An edge on RXD. */
  wake(): void {
    if (this.#isWaking) return;
    this.#isWaking = true;
    const { behaviour, random, timers } = this.#options;
    const { low, high } = behaviour.lightWakeMilliseconds;
    timers.after(random.uniform(low, high), () => {
      this.postpone();
    });
  }

  /** Awake from now on; the silence counts anew. */
  postpone(): void {
    const { behaviour, isAllowed, isBusy, onChange, timers } = this.#options;
    const wasAsleep = this.#isAsleep;
    this.#isAsleep = false;
    this.#isWaking = false;
    timers.cancel(this.#silence);
    this.#silence = timers.after(behaviour.lightSleepSeconds * 1_000, () => {
      if (!isAllowed()) return;
      if (isBusy()) {
        this.postpone();
        return;
      }
      this.#isAsleep = true;
      onChange();
    });
    if (wasAsleep) onChange();
  }

  /** The processor has lost its RAM; the caller has ended the timers. */
  clear(): void {
    this.#isAsleep = false;
    this.#isWaking = false;
  }
}
