import { linkByteLength, type EventEntry } from "../../firmware/events/event-log.js";
import type { MeterRecord } from "../../firmware/metering/meter-record.js";
import { require } from "./invariant.js";
import type { MeterState } from "./meter-state.js";
import { entryOf, type OpenMeter } from "./proof-meter.js";
import type { StoredLog } from "./stored-log.js";
import { eventContent } from "./watched-event-log.js";

/** More than any ring of the proof holds. */
const everything = 2000;
const linkOffset = 16;
const linkedByteLength = 28;

/** Entries that a ring keeps at least when it erases a sector ahead of need, and the slots that one restart takes. */
const keptEntries = 88;
const slotsPerRestart = 8;

/** Reads every log that has changed, whole, and compares it with what the ledger knows. */
export function verifyLogs({ board, ledger, isFlashHealthy }: MeterState, { metering, events }: OpenMeter): void {
  const fewest = isFlashHealthy ? Math.max(8, keptEntries - slotsPerRestart * ledger.restarts) : 0;
  const compare = (label: string, log: StoredLog, read: () => readonly MeterRecord[]): void => {
    if (board.partition(label).changes > 0) log.compare(read().map(entryOf), fewest);
  };
  compare("intervals", ledger.intervals, () => metering.intervalsFrom(1, everything));
  compare("days", ledger.days, () => metering.daysFrom(1, everything));
  compare("months", ledger.months, () => metering.monthsFrom(1, everything));
  if (board.partition("events").changes === 0) return;
  const entries: EventEntry[] = [];
  events.visitFrom(1, (entry) => entries.push(entry) < everything);
  ledger.events.compare(
    entries.map(({ sequence, event, detail, epochSeconds }) => ({
      sequence,
      content: eventContent(event, detail, epochSeconds),
    })),
    fewest,
  );
  requireChain(entries, (bytes) => board.hardware.crypto.sha256(bytes));
}

function requireChain(entries: readonly EventEntry[], sha256: (bytes: Uint8Array) => Uint8Array): void {
  for (let index = 1; index < entries.length; index++) {
    const predecessor = entries[index - 1] as EventEntry;
    const { sequence, bytes } = entries[index] as EventEntry;
    const digest = sha256(predecessor.bytes.slice(0, linkedByteLength));
    for (let offset = 0; offset < linkByteLength; offset++)
      require(bytes[linkOffset + offset] === digest[offset], "chain-broken", () =>
        `event ${sequence} is not linked to event ${predecessor.sequence}`);
  }
}
