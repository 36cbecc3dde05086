import type { HeadEndFault } from "../head-end/fault.js";
import type { ClockWitness } from "./clock-witness.js";
import type { ChaosFindings } from "./findings.js";

/**
 * What the head-end complains of. Dates that contradict each other or lie in the future are the fault of whoever told
 * the meter a wrong time, where the meter's clock really showed one of them while it was wrong; everything else is
 * the meter's.
 */
export class HeadEndChecker {
  /** Complaints that a wrong clock explains. */
  excused = 0;
  #clock: ClockWitness;
  #findings: ChaosFindings;

  constructor(clock: ClockWitness, findings: ChaosFindings) {
    this.#clock = clock;
    this.#findings = findings;
  }

  onFault({ kind, text, dates }: HeadEndFault): void {
    const isAboutDates = kind === "future-date" || kind === "order";
    if (isAboutDates && dates.some((date) => this.#clock.mayHaveErred(date))) this.excused++;
    else this.#findings.add("head-end", text);
  }
}
