import type { HeadEnd, Report } from "../head-end/head-end.js";
import { arrivalToleranceSeconds, type Readings } from "../head-end/readings.js";
import { configuredValue, type RunOptions } from "./run-options.js";
import type { Truth } from "./truth.js";

/** Something that is not as it was in truth, or a bound that was broken. */
export interface Difference {
  /** Which checker found it. */
  readonly checker: "register" | "head-end" | "intervals" | "protocol" | "battery" | "bounds";
  readonly message: string;
  /** UTC epoch seconds; undefined when it belongs to no moment. */
  readonly epochSeconds: number | undefined;
}

export interface RegisterPulses {
  readonly forwardPulses: number;
  readonly reversePulses: number;
}

/** How far the meter's clock may be off true time when it takes an interval value. */
const clockToleranceSeconds = 5;
/** Further differences of one kind say nothing new. */
const mostPerChecker = 5;

/** Compares what the meter and the head-end say with the truth. */
export class Checkers {
  /** From when on the head-end has to get every interval; undefined before the meter's first report. */
  completeFromEpochSeconds: number | undefined;
  #options: RunOptions;
  #truth: Truth;
  #differences: Difference[] = [];

  constructor(options: RunOptions, truth: Truth) {
    this.#options = options;
    this.#truth = truth;
  }

  /** An index may lag behind the truth by the seconds it was on its way, never run ahead of it. */
  onReport({ now }: Report, nowMicroseconds: number): void {
    if (!now) return;
    const { startEpochSeconds } = this.#options;
    // The first value is taken an interval after power came, by a clock that may have been dated by an arrival.
    const firstSeconds = configuredValue(this.#options, "intervalSeconds") + arrivalToleranceSeconds;
    this.completeFromEpochSeconds ??= startEpochSeconds + firstSeconds;
    const madeMicroseconds = (now.epochSeconds - startEpochSeconds - clockToleranceSeconds) * 1e6;
    this.#compareRange(
      "head-end",
      "forward",
      now.index.forward,
      madeMicroseconds,
      nowMicroseconds,
      now.epochSeconds,
    );
    if (now.index.reverse !== undefined)
      this.#compareRange(
        "head-end",
        "reverse",
        now.index.reverse,
        madeMicroseconds,
        nowMicroseconds,
        now.epochSeconds,
      );
  }

  /** The final comparison; returns all differences of the run. */
  finish(register: RegisterPulses, headEnd: HeadEnd, readings: Readings | undefined): readonly Difference[] {
    const { startEpochSeconds, durationSeconds } = this.#options;
    const endEpoch = startEpochSeconds + durationSeconds;
    const truth = this.truthAtEnd();
    this.#compareFinal("register", register, truth, endEpoch);
    this.#compareFinal(
      "head-end",
      readings?.latest ?? { forwardPulses: 0, reversePulses: 0 },
      truth,
      endEpoch,
    );
    if (readings) this.#checkIntervals(readings);
    const missing = headEnd.missingIntervals(this.completeFromEpochSeconds ?? endEpoch, endEpoch);
    if (missing > 0) this.#add("intervals", `${missing} intervals never reached the head-end`, undefined);
    if (headEnd.duplicateIntervals > 0)
      this.#add("intervals", `${headEnd.duplicateIntervals} intervals overlap others`, undefined);
    for (const fault of headEnd.faults) this.#add("protocol", fault, undefined);
    return this.#differences;
  }

  /**
   * What is known before the end: register and head-end lag behind the truth until their next record and report, so
   * neither is held against it.
   */
  soFar(headEnd: HeadEnd, readings: Readings | undefined): readonly Difference[] {
    if (readings) this.#checkIntervals(readings);
    for (const fault of headEnd.faults) this.#add("protocol", fault, undefined);
    return this.#differences;
  }

  truthAtEnd(): RegisterPulses {
    return this.truthAt(this.#options.durationSeconds * 1e6);
  }

  truthAt(end: number): RegisterPulses {
    return {
      forwardPulses: this.#truth.forwardPulsesAt(end),
      reversePulses: this.#truth.reversePulsesAt(end),
    };
  }

  /** Every interval's index at its end, against the truth around that moment. */
  #checkIntervals({ intervals }: Readings): void {
    for (const [endEpochSeconds, { forwardIndex, reverseIndex, isDatedByArrival }] of intervals) {
      const atSeconds = endEpochSeconds - this.#options.startEpochSeconds;
      const toleranceSeconds = isDatedByArrival ? arrivalToleranceSeconds : clockToleranceSeconds;
      const from = (atSeconds - toleranceSeconds) * 1e6;
      const to = (atSeconds + toleranceSeconds) * 1e6;
      this.#compareRange("intervals", "forward", forwardIndex, from, to, endEpochSeconds);
      if (reverseIndex !== undefined)
        this.#compareRange("intervals", "reverse", reverseIndex, from, to, endEpochSeconds);
    }
  }

  #compareRange(
    checker: Difference["checker"],
    register: "forward" | "reverse",
    value: number,
    fromMicroseconds: number,
    toMicroseconds: number,
    epochSeconds: number,
  ): void {
    const truthAt = (microseconds: number): number =>
      register === "forward"
        ? this.#truth.forwardPulsesAt(microseconds)
        : this.#truth.reversePulsesAt(microseconds);
    const low = truthAt(fromMicroseconds);
    const high = truthAt(toMicroseconds);
    if (value < low || value > high)
      this.#add(checker, `${register} index is ${value}, in truth ${rangeText(low, high)}`, epochSeconds);
  }

  #compareFinal(
    checker: Difference["checker"],
    found: RegisterPulses,
    truth: RegisterPulses,
    epochSeconds: number,
  ): void {
    for (const register of ["forwardPulses", "reversePulses"] as const) {
      if (found[register] !== truth[register])
        this.#add(
          checker,
          `${register} is ${found[register]} at the end, in truth ${truth[register]}`,
          epochSeconds,
        );
    }
  }

  #add(checker: Difference["checker"], message: string, epochSeconds: number | undefined): void {
    const known = this.#differences.filter((difference) => difference.checker === checker).length;
    if (known < mostPerChecker) this.#differences.push({ checker, message, epochSeconds });
  }
}

function rangeText(low: number, high: number): string {
  return low === high ? `${low}` : `between ${low} and ${high}`;
}
