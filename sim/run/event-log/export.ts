import { storageOn } from "../flash/flash-access.js";
import { createHash } from "node:crypto";
import { EventLog } from "../../../firmware/events/event-log.js";
import type { Crypto } from "../../../hal/crypto.js";
import type { FlashPartition } from "../../../hal/flash.js";

/** One entry of an exported log: what the record says in words, and the record itself. */
export interface ExportedEntry {
  readonly sequence: number;
  readonly event: string;
  /** ISO 8601, UTC; null for an entry made while the meter had no date. */
  readonly time: string | null;
  readonly detail: number;
  /** The 32 bytes as the meter stored them, in hexadecimal. */
  readonly record: string;
}

export interface ExportedLog {
  readonly format: "tally-event-log";
  readonly version: 1;
  readonly serialNumber: string;
  readonly entries: readonly ExportedEntry[];
}

/** Reading needs no crypto but the digest, and that only to append. */
const readOnlyCrypto: Pick<Crypto, "sha256"> = {
  sha256: (message) => new Uint8Array(createHash("sha256").update(message).digest()),
};

/** Reads a meter's event log from its flash partition, as the meter's own firmware finds it. */
export function exportEventLog(flash: FlashPartition, serialNumber: string): ExportedLog {
  const entries: ExportedEntry[] = [];
  new EventLog(storageOn(flash), { crypto: readOnlyCrypto }).visitFrom(1, (entry) => {
    entries.push({
      sequence: entry.sequence,
      event: entry.event,
      time: entry.epochSeconds === 0 ? null : new Date(entry.epochSeconds * 1000).toISOString(),
      detail: entry.detail,
      record: Buffer.from(entry.bytes).toString("hex"),
    });
    return true;
  });
  return { format: "tally-event-log", version: 1, serialNumber, entries };
}
