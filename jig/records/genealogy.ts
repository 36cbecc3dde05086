import type { IdentityKind } from "../attempt/attempt-store.js";
import type { AttemptOutcome } from "../attempt/outcome.js";

/** All that the records know of one unit. Times are epoch milliseconds. */
export interface Genealogy {
  readonly hardwareId: string;
  /** What belongs to the unit, in the order in which it took it. */
  readonly identities: readonly { readonly kind: IdentityKind; readonly value: string }[];
  /** Keys that were made for it; those that it did not pass with are spent. */
  readonly keys: readonly { readonly keyId: string; readonly attemptId: string; readonly isInUse: boolean }[];
  readonly attempts: readonly UnitAttempt[];
}

export interface UnitAttempt {
  readonly id: string;
  readonly station: string;
  readonly slot: number;
  readonly startedAtMilliseconds: number;
  readonly outcome: AttemptOutcome;
  readonly reason?: string;
}
