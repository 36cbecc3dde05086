import type { Readings } from "../head-end/readings.js";
import type { Scheduler } from "../kernel/world.js";
import type { Findings } from "./findings.js";

const daySeconds = 86_400;
/** A report is on its way for less than this. */
const freshSeconds = 900;

export interface ConvergenceCheckerOptions {
  readonly scheduler: Scheduler;
  readonly findings: Findings;
  readonly startEpochSeconds: number;
  readonly faultsEndSeconds: number;
  /** Within so many days of the end of all faults, everything has to be where it belongs. */
  readonly reportingDays: number;
  readonly readings: () => Readings | undefined;
  readonly newestSequence: () => number;
}

/** After the last fault: when was everything delivered that the meter has? */
export class ConvergenceChecker {
  #options: ConvergenceCheckerOptions;
  #convergedSeconds: number | undefined;

  constructor(options: ConvergenceCheckerOptions) {
    this.#options = options;
  }

  /** The meter has stored an acknowledgement; all intervals up to `sequence` are delivered. */
  onWatermark(sequence: number): void {
    const { scheduler, faultsEndSeconds, startEpochSeconds, readings, newestSequence } = this.#options;
    const nowSeconds = scheduler.nowMicroseconds / 1e6;
    if (this.#convergedSeconds !== undefined || nowSeconds < faultsEndSeconds) return;
    const latest = readings()?.latest?.epochSeconds ?? 0;
    const isFresh = Math.abs(latest - startEpochSeconds - nowSeconds) < freshSeconds;
    if (isFresh && sequence >= newestSequence()) this.#convergedSeconds = nowSeconds;
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
}
