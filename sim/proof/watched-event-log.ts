import { type EventEntry, EventLog } from "../../firmware/events/event-log.js";
import type { EventName } from "../../firmware/events/event-names.js";
import type { Ledger } from "./ledger.js";
import type { StoredEntry } from "./stored-log.js";

/** The firmware's event log, which also tells the ledger what it was given and what it confirmed. */
export class WatchedEventLog extends EventLog {
  /** Entries that the flash refused. */
  refusals = 0;
  #ledger: Ledger;

  constructor(ledger: Ledger, ...options: ConstructorParameters<typeof EventLog>) {
    super(...options);
    this.#ledger = ledger;
  }

  override append(event: EventName, detail: number, epochSeconds: number): boolean {
    const content = eventContent(event, detail, epochSeconds);
    const { events: known } = this.#ledger;
    known.attempt(content);
    const isStored = super.append(event, detail, epochSeconds);
    if (isStored) {
      // Entries that a cut let through unseen stand between the last one known and this one.
      this.visitFrom(known.lastSequence + 1, (entry) => {
        known.see(entryOf(entry), this.#ledger.restarts);
        return true;
      });
    } else this.refusals++;
    known.settle();
    return isStored;
  }
}

export function entryOf({ sequence, event, detail, epochSeconds }: EventEntry): StoredEntry {
  return { sequence, content: eventContent(event, detail, epochSeconds) };
}

function eventContent(event: string, detail: number, epochSeconds: number): string {
  return `${event} ${detail} at ${epochSeconds}`;
}
