import { contactOutcomeText } from "../../../firmware/contracts/contact-outcome.js";
import type { FlashPartition } from "../../../hal/flash.js";
import { exportEventLog } from "./export.js";

/** A contact with the head-end that ended otherwise than the one before it. */
export interface ContactChange {
  /** ISO 8601, UTC; null while the meter had no date. */
  readonly time: string | null;
  /** For instance `attach: no-network`, or `delivered`. */
  readonly outcome: string;
}

/** What a meter's event log tells of its contacts, oldest first. */
export function contactChanges(events: FlashPartition): ContactChange[] {
  return exportEventLog(events, "")
    .entries.filter(({ event }) => event === "contact")
    .map(({ time, detail }) => ({ time, outcome: contactOutcomeText(detail) }));
}
