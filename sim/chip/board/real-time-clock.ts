import type { Scheduler } from "../../kernel/world.js";

/**
 * The chip's low-power clock: ticks from the moment it gets power, a crystal that is a little off, and wall
 * time carried on top.
 */
export class RealTimeClock {
  #scheduler: Scheduler;
  #rate: number;
  #poweredAtMicroseconds = 0;
  #epochAtZeroTicks = 0;
  /** Index into `timeTrusts`; 0 is unset. */
  trust = 0;

  /** `driftPartsPerMillion`: how much faster than true time it runs. */
  constructor(scheduler: Scheduler, driftPartsPerMillion: number) {
    this.#scheduler = scheduler;
    this.#rate = 1 + driftPartsPerMillion / 1e6;
  }

  get ticks(): number {
    return Math.floor(((this.#scheduler.nowMicroseconds - this.#poweredAtMicroseconds) * this.#rate) / 1000);
  }

  /** The counter that ticks are made of. */
  get microseconds(): number {
    return Math.floor((this.#scheduler.nowMicroseconds - this.#poweredAtMicroseconds) * this.#rate);
  }

  /** Microseconds of true time until that counter shows `microseconds`, 0 when it has. */
  trueMicrosecondsUntil(microseconds: number): number {
    const atMicroseconds = this.#poweredAtMicroseconds + Math.ceil(microseconds / this.#rate);
    return Math.max(0, atMicroseconds - this.#scheduler.nowMicroseconds);
  }

  /** The clock's idea of UTC, in epoch milliseconds. */
  get epochMilliseconds(): number {
    return this.#epochAtZeroTicks + this.ticks;
  }

  set(epochMilliseconds: number, trust: number): void {
    this.#epochAtZeroTicks = epochMilliseconds - this.ticks;
    this.trust = trust;
  }

  /** Microseconds of true time until `ticks` shows, 0 when it has. */
  microsecondsUntil(ticks: number): number {
    const atMicroseconds = this.#poweredAtMicroseconds + Math.ceil((ticks * 1000) / this.#rate);
    return Math.max(0, atMicroseconds - this.#scheduler.nowMicroseconds);
  }

  /** The battery was taken out and put back: ticks begin at 0 and the date is lost. */
  restart(): void {
    this.#poweredAtMicroseconds = this.#scheduler.nowMicroseconds;
    this.#epochAtZeroTicks = 0;
    this.trust = 0;
  }
}
