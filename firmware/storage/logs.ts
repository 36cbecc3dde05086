import type { LogDeclaration } from "../legal/rings/log-storage.js";
import { legalLogs } from "../legal/rings/legal-logs.js";

/** Every log of the meter. Kinds stand in flash: never changed, never given away again. */
export const logs = Object.freeze({
  ...legalLogs,
  delivery: Object.freeze({ name: "delivery", kind: 5 }),
  settings: Object.freeze({ name: "settings", kind: 6 }),
  events: Object.freeze({ name: "events", kind: 7 }),
  failures: Object.freeze({ name: "failures", kind: 9 }),
} as const satisfies Readonly<Record<string, LogDeclaration>>);

/**
 * The logs whose positions are kept in retained memory, in this order; that of failures is opened too seldom.
 * Append only: the order is stored.
 */
export const notedLogs: readonly string[] = Object.freeze([
  logs.journal.name,
  logs.intervals.name,
  logs.days.name,
  logs.months.name,
  logs.events.name,
  logs.delivery.name,
  logs.settings.name,
]);
