/** The logs of the legally relevant part. */
export const legalLogs = Object.freeze({
  /** Two banks: the second has kind 2. */
  journal: Object.freeze({ name: "journal", kind: 1 }),
  intervals: Object.freeze({ name: "intervals", kind: 3 }),
  days: Object.freeze({ name: "days", kind: 4 }),
  months: Object.freeze({ name: "months", kind: 8 }),
} as const);
