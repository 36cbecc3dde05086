import type { RealTimeClock } from "../chip/board/real-time-clock.js";
import type { Scheduler } from "../kernel/world.js";

/** The meter's clock counts as wrong when it is further off than this, in seconds. */
const tolerableSeconds = 30;
/** `timeTrusts` has "unset" at this place. */
const unset = 0;

/** Dates that the meter showed while its clock was wrong, epoch seconds. */
interface WrongDates {
  readonly from: number;
  readonly to: number;
}

/**
 * Remembers which dates the meter's clock has shown while it was wrong. A reading dated within them may
 * contradict others by the fault of whoever told the meter the time; any other must not.
 */
export class ClockWitness {
  #clock: RealTimeClock;
  #scheduler: Scheduler;
  #startEpochSeconds: number;
  /** A boundary may lie so far before the moment at which a value is taken. */
  #periodSeconds: number;
  #wrong: WrongDates[] = [];
  #sinceMicroseconds = 0;
  #sinceEpochSeconds = 0;

  constructor(clock: RealTimeClock, scheduler: Scheduler, startEpochSeconds: number, periodSeconds: number) {
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#startEpochSeconds = startEpochSeconds;
    this.#periodSeconds = periodSeconds;
  }

  /** Seconds that the meter's clock is ahead of true time; undefined while it has no date. */
  get errorSeconds(): number | undefined {
    if (this.#clock.trust === unset) return undefined;
    return this.#clock.epochMilliseconds / 1000 - this.#trueEpochSeconds;
  }

  /** To be called before the clock is set or loses its power. */
  beforeChange(): void {
    const shown = this.#wrongSinceChange;
    if (shown) this.#wrong.push(shown);
  }

  /** To be called when the clock has been set. */
  afterChange(): void {
    this.#sinceMicroseconds = this.#scheduler.nowMicroseconds;
    this.#sinceEpochSeconds = this.#clock.epochMilliseconds / 1000;
  }

  /** True when the meter's clock may have shown this date while it was wrong. */
  mayHaveErred(epochSeconds: number): boolean {
    const isWithin = ({ from, to }: WrongDates): boolean =>
      epochSeconds >= from - this.#periodSeconds && epochSeconds <= to + 1;
    const present = this.#wrongSinceChange;
    return (present !== undefined && isWithin(present)) || this.#wrong.some(isWithin);
  }

  get #trueEpochSeconds(): number {
    return this.#startEpochSeconds + this.#scheduler.nowMicroseconds / 1e6;
  }

  /** The error grows evenly with the crystal's drift, so the span's two ends tell. */
  get #wrongSinceChange(): WrongDates | undefined {
    const error = this.errorSeconds;
    if (error === undefined) return undefined;
    const before = this.#sinceEpochSeconds - this.#startEpochSeconds - this.#sinceMicroseconds / 1e6;
    if (Math.max(Math.abs(error), Math.abs(before)) <= tolerableSeconds) return undefined;
    return { from: this.#sinceEpochSeconds, to: this.#clock.epochMilliseconds / 1000 };
  }
}
