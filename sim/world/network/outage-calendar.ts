import type { Outage } from "./network-conditions.js";

/** Answers when there is service. */
export class OutageCalendar {
  #outages: readonly Outage[];

  constructor(outages: readonly Outage[]) {
    this.#outages = outages;
  }

  hasService(atMicroseconds: number): boolean {
    return this.serviceFromMicroseconds(atMicroseconds) === atMicroseconds;
  }

  /** The first moment of service from `atMicroseconds` on. */
  serviceFromMicroseconds(atMicroseconds: number): number {
    let from = atMicroseconds;
    for (;;) {
      const present = this.#outages.find(
        (outage) => outage.fromSeconds * 1e6 <= from && from < outage.toSeconds * 1e6,
      );
      if (!present) return from;
      from = Math.ceil(present.toSeconds * 1e6);
    }
  }
}
