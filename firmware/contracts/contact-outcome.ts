/**
 * How a contact with the head-end ended, as one small number: 0 where all was delivered, or where none was made yet;
 * otherwise 32 times the stage (from 0) and the reason (from 1). Both lists are stored and told: append only, at most 8
 * stages and 31 reasons.
 */
export type ContactOutcome = number;

/** Where a contact can end. */
export const contactStages = Object.freeze([
  "contact",
  "start",
  "attach",
  "socket",
  "update",
  "register",
  "send",
] as const);
export type ContactStage = (typeof contactStages)[number];

/** Why. */
export const contactReasons = Object.freeze([
  /** The chip was reset, or lost its power, in the middle of it. */
  "cut-short",
  /** A defect of the firmware. */
  "failed",
  "no-answer",
  "no-sim",
  "denied",
  "no-network",
  "refused",
  "timed-out",
  "reset",
  "send-failed",
  "bad-response",
  "busy",
  "closed",
  "not-registered",
  /** The watermark could not be stored. */
  "flash-failed",
  /** A contact makes so many reports and no more; the rest waits for the next. */
  "more-left",
] as const);
export type ContactReason = (typeof contactReasons)[number];

export const delivered: ContactOutcome = 0;

const reasonsOfStage = 32;

export function contactOutcome(stage: ContactStage, reason: ContactReason): ContactOutcome {
  return reasonsOfStage * contactStages.indexOf(stage) + contactReasons.indexOf(reason) + 1;
}

/** In words, for instance `attach: no-network`; `delivered` for 0. A number of a newer firmware keeps its digits. */
export function contactOutcomeText(outcome: ContactOutcome): string {
  if (outcome === delivered) return "delivered";
  const stage = contactStages[Math.floor(outcome / reasonsOfStage)];
  const reason = contactReasons[(outcome % reasonsOfStage) - 1];
  return stage === undefined || reason === undefined ? `unknown ${outcome}` : `${stage}: ${reason}`;
}
