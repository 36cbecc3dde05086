import { EventLog } from "../../firmware/events/event-log.js";
import type { EventName } from "../../firmware/events/event-names.js";
import type { StoredLog } from "./stored-log.js";

/** The firmware's event log, which also tells the ledger what it was given and what it confirmed. */
export class WatchedEventLog extends EventLog {
  /** Entries that the flash refused. */
  refusals = 0;
  #ledger: StoredLog;

  constructor(ledger: StoredLog, ...options: ConstructorParameters<typeof EventLog>) {
    super(...options);
    this.#ledger = ledger;
  }

  override append(event: EventName, detail: number, epochSeconds: number): boolean {
    const content = eventContent(event, detail, epochSeconds);
    this.#ledger.attempt(content);
    const isStored = super.append(event, detail, epochSeconds);
    if (isStored) {
      // Entries that a cut let through unseen stand between the last one known and this one.
      const before = this.#ledger.lastSequence;
      this.visitFrom(before + 1, (entry) => {
        this.#ledger.see({
          sequence: entry.sequence,
          content: eventContent(entry.event, entry.detail, entry.epochSeconds),
        });
        return true;
      });
    } else this.refusals++;
    this.#ledger.settle();
    return isStored;
  }
}

export function eventContent(event: string, detail: number, epochSeconds: number): string {
  return `${event} ${detail} at ${epochSeconds}`;
}
