import { contactOutcomeText } from "../../../firmware/contracts/contact-outcome.js";
import { unusableProduct } from "../../../firmware/settings/settings-memory.js";
import type { ExportedEntry } from "../../../sim/run/event-log/export.js";

/** What a detail means, where it is more than a number. */
const detailWords: Readonly<Partial<Record<string, (detail: number) => string>>> = Object.freeze({
  "power-on": () => "",
  reset: (detail: number) => ["", "brown-out", "watchdog", "software"][detail] ?? String(detail),
  "time-set": (detail: number) => (detail === 0 ? "" : `off by ${detail} s`),
  magnet: (detail: number) => (detail === 1 ? "there" : "gone"),
  "battery-low": (detail: number) => `${detail} mV`,
  "valve-moved": (detail: number) => (detail === 1 ? "open" : "closed"),
  "valve-failed": () => "",
  "unknown-record": (detail: number) =>
    detail === 0 ? "in the journal" : detail === unusableProduct ? "of a product" : `of setting ${detail}`,
  contact: contactOutcomeText,
});

const faults: readonly string[] = Object.freeze([
  "reset",
  "magnet",
  "sensor-fault",
  "battery-low",
  "valve-failed",
  "flash-fault",
  "unknown-record",
  "duty-failed",
]);

/** An entry of the meter's event log as people read it: `valve-moved open`. */
export function wordsOfEvent({ event, detail }: ExportedEntry): string {
  const words = detailWords[event];
  return `${event} ${words ? words(detail) : detail}`.trim();
}

/** Whether it tells of something that should not be, as a failed contact. */
export function isFault({ event, detail }: ExportedEntry): boolean {
  return faults.includes(event) || (event === "contact" && contactOutcomeText(detail) !== "delivered");
}
