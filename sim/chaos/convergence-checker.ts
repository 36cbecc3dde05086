import { daySeconds } from "../../hal/base/time-units.js";
import type { Readings } from "../head-end/readings.js";
import type { Scheduler } from "../kernel/world.js";
import type { ChaosFindings } from "./findings.js";

/** A report is on its way for less than this. */
const freshSeconds = 900;

export interface ConvergenceCheckerOptions {
  readonly scheduler: Scheduler;
  readonly findings: ChaosFindings;
  readonly startEpochSeconds: number;
  readonly faultsEndSeconds: number;
  /** Within so many days of the end of all faults, everything has to be where it belongs. */
  readonly reportingDays: number;
  readonly readings: () => Readings | undefined;
  /** Seconds that the meter's clock is ahead of true time; undefined while it has no date. */
  readonly clockErrorSeconds: () => number | undefined;
}

/**
 * After the last fault: when was everything delivered that the meter had? It had what was written down when the
 * report was made; the value of an interval that ends while the report is on its way goes with the next, for a meter
 * whose daily moment lies seconds before the full hour every day.
 */
export class ConvergenceChecker {
  #options: ConvergenceCheckerOptions;
  #convergedSeconds: number | undefined;
  #newestSequence = 0;
  /** Interval values by their sequence number, each with when it was written down first, in seconds. */
  #written: { readonly sequence: number; readonly atSeconds: number }[] = [];

  constructor(options: ConvergenceCheckerOptions) {
    this.#options = options;
  }

  /** An interval value is complete in flash. */
  onInterval(sequence: number): void {
    if (sequence <= this.#newestSequence) return;
    this.#newestSequence = sequence;
    this.#written.push({ sequence, atSeconds: this.#nowSeconds });
  }

  /** The meter has stored an acknowledgement; all intervals up to `sequence` are delivered. */
  onWatermark(sequence: number): void {
    const { faultsEndSeconds, startEpochSeconds, readings, clockErrorSeconds } = this.#options;
    if (this.#convergedSeconds !== undefined || this.#nowSeconds < faultsEndSeconds) return;
    const reportedSeconds = (readings()?.latest?.epochSeconds ?? 0) - startEpochSeconds;
    const isFresh = Math.abs(reportedSeconds - this.#nowSeconds) < freshSeconds;
    // By true time, and no sooner than it was: the meter tells whole seconds.
    const madeSeconds = reportedSeconds + 1 - (clockErrorSeconds() ?? 0);
    const isComplete = this.#written.every(
      (value) => value.sequence <= sequence || value.atSeconds >= madeSeconds,
    );
    if (isFresh && isComplete) this.#convergedSeconds = this.#nowSeconds;
  }

  finish(): void {
    const { faultsEndSeconds, findings, reportingDays } = this.#options;
    const end = this.#convergedSeconds;
    if (end === undefined)
      findings.add("convergence", "not everything was delivered after the faults had stopped");
    else if (end > faultsEndSeconds + reportingDays * daySeconds)
      findings.add(
        "convergence",
        `it took ${((end - faultsEndSeconds) / daySeconds).toFixed(1)} days after the faults until everything was delivered`,
      );
  }

  get #nowSeconds(): number {
    return this.#options.scheduler.nowMicroseconds / 1e6;
  }
}
