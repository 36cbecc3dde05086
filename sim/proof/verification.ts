import { linkByteLength, type EventEntry } from "../../firmware/events/event-log.js";
import type { MeterRecord } from "../../firmware/metering/meter-record.js";
import { require } from "./invariant.js";
import type { MeterState } from "./meter-state.js";
import { type OpenMeter, valueEntryOf } from "./proof-meter.js";
import type { StoredLog } from "./stored-log.js";
import { entryOf } from "./watched-event-log.js";

/** More than any ring of the proof holds. */
const everything = 2000;
const linkOffset = 16;
const linkedByteLength = 28;

/** Reads the logs that a cut has reached, whole, and compares them with what the ledger knows. */
export function verifyLogs({ board, ledger, isThorough }: MeterState, { metering, events }: OpenMeter): void {
  const isDue = (label: string): boolean => {
    const { tears, changes } = board.partition(label);
    return tears > 0 || (isThorough && changes > 0);
  };
  const compare = (label: string, log: StoredLog, read: () => readonly MeterRecord[]): void => {
    if (isDue(label)) log.compare(read().map(valueEntryOf), ledger.restarts);
  };
  compare("intervals", ledger.intervals, () => metering.intervalsFrom(1, everything));
  compare("days", ledger.days, () => metering.daysFrom(1, everything));
  compare("months", ledger.months, () => metering.monthsFrom(1, everything));
  if (!isDue("events")) return;
  const entries: EventEntry[] = [];
  events.visitFrom(1, (entry) => entries.push(entry) < everything);
  ledger.events.compare(entries.map(entryOf), ledger.restarts);
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
