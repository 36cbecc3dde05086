import { InvariantBroken, type Invariant } from "./invariant.js";
import type { MeterState } from "./meter-state.js";
import { FlashViolation } from "../world/flash/nor-flash.js";

export interface Violation {
  /** What `tally prove --replay` takes. */
  readonly id: string;
  readonly invariant: Invariant;
  readonly message: string;
}

/** What a part of the proof has done; plain data, so that workers can send it. */
export interface Tally {
  runs: number;
  violations: number;
  worstLossPulses: number;
  worstRecoveryBytes: number;
}

/** Violations that are told one by one; more of them say nothing new. */
const mostTold = 20;
/** Runs between two words of progress. */
const progressPeriod = 200;

/** Collects what the runs of one part come to. */
export class Findings {
  readonly tally: Tally = { runs: 0, violations: 0, worstLossPulses: 0, worstRecoveryBytes: 0 };
  readonly told: Violation[] = [];
  readonly #stopAtFirst: boolean;
  readonly #onProgress: (runs: number) => void;

  constructor(stopAtFirst: boolean, onProgress: (runs: number) => void = () => undefined) {
    this.#stopAtFirst = stopAtFirst;
    this.#onProgress = onProgress;
  }

  /** True when nothing more needs to be run. */
  get isDecided(): boolean {
    return this.#stopAtFirst && this.tally.violations > 0;
  }

  /** Makes one run and takes note of how it ends. */
  async run(id: () => string, state: MeterState, action: () => Promise<void>): Promise<void> {
    if (++this.tally.runs % progressPeriod === 0) this.#onProgress(this.tally.runs);
    try {
      await action();
    } catch (error) {
      this.add(violationOf(id(), error));
    }
    const { worstLossPulses, worstRecoveryBytes } = state.ledger;
    this.tally.worstLossPulses = Math.max(this.tally.worstLossPulses, worstLossPulses);
    this.tally.worstRecoveryBytes = Math.max(this.tally.worstRecoveryBytes, worstRecoveryBytes);
  }

  add(violation: Violation): void {
    this.tally.violations++;
    if (this.told.length < mostTold) this.told.push(violation);
  }
}

/** Whatever ends a run is a violation: nothing that the firmware does may throw. */
export function violationOf(id: string, error: unknown): Violation {
  if (error instanceof InvariantBroken) return { id, invariant: error.invariant, message: error.message };
  if (error instanceof FlashViolation) return { id, invariant: "flash-rule", message: error.message };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { id, invariant: "firmware-error", message };
}
