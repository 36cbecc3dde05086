/** The promises that a run is held to; what a violation names. */
export const invariants = Object.freeze({
  "above-truth": "the register is never above the true count",
  "below-committed": "the register is never below a value that was stored, acknowledged or shown",
  "inexact-reset": "a reset loses and adds nothing",
  "loss-bound": "a battery removal costs no more than the stated number of pulses",
  "value-lost": "a stored interval, day or month stays readable",
  "value-altered": "a stored interval, day or month keeps its value",
  "value-twice": "no interval, day or month is stored twice",
  "event-lost": "a stored event stays readable",
  "event-altered": "a stored event keeps its content",
  "chain-broken": "every event is linked to the one before it",
  "setting-lost": "a setting is what was last stored, or what was being stored",
  "watermark-moved": "the watermark never goes back and never runs ahead of an acknowledgement",
  "unbounded-recovery": "recovery reads a bounded number of bytes",
  "store-refused": "healthy flash stores what it is given",
  overslept: "the meter sleeps no longer than its next value or checkpoint allows",
  restless: "a wake does what is due, and then the meter sleeps",
  "failure-ignored": "after a failure the meter counts and records, and what failed rests",
  "duty-undone": "a duty that is due is done",
  "start-untold": "a start that is no wake from sleep stands in the event log",
  "silent-failure": "what could not be stored is told",
  "flash-rule": "nothing is programmed where flash was not erased",
  "firmware-error": "the firmware throws nothing",
} as const);
export type Invariant = keyof typeof invariants;

/** An invariant does not hold: ends the run. */
export class InvariantBroken extends Error {
  override readonly name = "InvariantBroken";
  readonly invariant: Invariant;

  constructor(invariant: Invariant, message: string) {
    super(message);
    this.invariant = invariant;
  }
}

/** @throws {InvariantBroken} unless `holds`; the message is only made when it is needed. */
export function require(holds: boolean, invariant: Invariant, message: () => string): void {
  if (!holds) throw new InvariantBroken(invariant, message());
}
