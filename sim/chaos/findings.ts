/** Which promise was broken. */
export type CheckerName =
  "register" | "pulse-input" | "intervals" | "head-end" | "magnet" | "events" | "convergence" | "firmware";

export interface ChaosViolation {
  readonly checker: CheckerName;
  readonly message: string;
  /** Time of the run at which it was found. */
  readonly atSeconds: number;
}

/** Further violations of one checker say nothing new. */
const mostPerChecker = 3;

/** What the checkers of one run have found. */
export class ChaosFindings {
  readonly violations: ChaosViolation[] = [];
  /** The most pulses that one removal of the battery has cost. */
  worstLossPulses = 0;
  #nowMicroseconds: () => number;

  constructor(nowMicroseconds: () => number) {
    this.#nowMicroseconds = nowMicroseconds;
  }

  add(checker: CheckerName, message: string): void {
    const known = this.violations.filter((violation) => violation.checker === checker).length;
    if (known >= mostPerChecker) return;
    this.violations.push({ checker, message, atSeconds: Math.round(this.#nowMicroseconds() / 1000) / 1000 });
  }
}
