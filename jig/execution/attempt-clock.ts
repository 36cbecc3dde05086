import type { SlotClock } from "../attempt/slot-clock.js";

/** A phase took longer than its recipe lets it. */
export class PhaseTimeout extends Error {
  override readonly name = "PhaseTimeout";
}

/** The operator stopped the attempt. */
export class Abortion extends Error {
  override readonly name = "Abortion";

  constructor() {
    super("stopped by the operator");
  }
}

/**
 * A slot's clock, whose waits end with the phase's time limit and with the operator's stop. Only time spent waiting
 * counts: a simulated unit's time stands still otherwise, and a queue for an instrument is not the unit's fault.
 */
export class AttemptClock implements SlotClock {
  #clock: SlotClock;
  #deadlineMilliseconds = Infinity;
  #timeoutSeconds = Infinity;
  #interrupt: AbortSignal | undefined;

  constructor(clock: SlotClock) {
    this.#clock = clock;
  }

  get nowMilliseconds(): number {
    return this.#clock.nowMilliseconds;
  }

  /** Ends the waits of what runs now, when it is aborted. */
  get interrupt(): AbortSignal | undefined {
    return this.#interrupt;
  }

  /** Begins a phase's time; without `interrupt` it runs to its end. */
  begin(timeoutSeconds: number, interrupt: AbortSignal | undefined): void {
    this.#timeoutSeconds = timeoutSeconds;
    this.#deadlineMilliseconds = this.nowMilliseconds + timeoutSeconds * 1000;
    this.#interrupt = interrupt;
  }

  /** @throws {PhaseTimeout} when the phase's time is over before that, {Abortion} when the operator stops it. */
  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (this.#interrupt?.aborted) throw new Abortion();
    const leftMilliseconds = Math.max(0, this.#deadlineMilliseconds - this.nowMilliseconds);
    const signals = [signal, this.#interrupt].filter((each) => each !== undefined);
    try {
      await this.#clock.wait(Math.min(milliseconds, leftMilliseconds), AbortSignal.any(signals));
    } catch (error) {
      throw this.#interrupt?.aborted ? new Abortion() : error;
    }
    if (milliseconds > leftMilliseconds) throw new PhaseTimeout(`took longer than ${this.#timeoutSeconds} s`);
  }
}
