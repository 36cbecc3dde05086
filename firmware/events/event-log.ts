import { readUnsigned, writeUnsigned } from "../../hal/base/bytes.js";
import type { Crypto } from "../../hal/crypto.js";
import type { LogStorage } from "../legal/rings/log-storage.js";
import { MirroredLog } from "../legal/rings/mirrored-log.js";
import { recordByteLength, sequenceOf, sequenceOffset } from "../legal/rings/record.js";
import { type EventName, eventNames } from "./event-names.js";
import { logs } from "../storage/logs.js";

const recordVersion = 1;
const linkOffset = 16;
/** Bytes of the predecessor that its digest covers: all but the CRC. */
const linkedByteLength = 28;

/** Bytes of the SHA-256 that link an entry to its predecessor. */
export const linkByteLength = 12;

export interface EventEntry {
  readonly sequence: number;
  readonly event: EventName | "unknown";
  /** UTC epoch seconds by the meter's clock; 0 while it had no date. */
  readonly epochSeconds: number;
  /** What it means depends on the event: see `event-names.ts`. */
  readonly detail: number;
  /** The whole record, 32 bytes, which is what the chain covers. */
  readonly bytes: Uint8Array;
}

/** What the log asks of the chip, and not before there is an entry. */
export interface EventLogChip {
  readonly crypto: Pick<Crypto, "sha256">;
}

/**
 * The meter's event log. Entries are chained: each carries the first 12 bytes of the SHA-256 of its predecessor, so one
 * that is altered, removed or put in between breaks the chain (WELMEC 7.2), unless all links behind it are made anew: the
 * chain has no key. It survives resets and losses of power; when it is full the oldest entries go, a sector at a time.
 *
 * Record: 0 version, 1 event, 4 sequence u32, 8 epoch seconds u32, 12 detail i32, 16 link, 28 CRC-32.
 */
export class EventLog {
  #storage: LogStorage;
  #chip: EventLogChip;
  #opened: MirroredLog | undefined;

  /** The log's partition is not opened until there is an entry to store or to show. */
  constructor(storage: LogStorage, chip: EventLogChip) {
    this.#storage = storage;
    this.#chip = chip;
  }

  /** Slots and sectors that failed since this object was made. */
  get failures(): number {
    return this.#opened?.failures ?? 0;
  }

  private get log(): MirroredLog {
    this.#opened ??= new MirroredLog(this.#storage, logs.events);
    return this.#opened;
  }

  /** Sequence number of the newest entry; 0 while there is none. */
  get lastSequence(): number {
    return this.log.lastSequence;
  }

  /** Stores an entry; `detail` is a signed 32-bit integer. False when the flash refuses. */
  append(event: EventName, detail: number, epochSeconds: number): boolean {
    const bytes = new Uint8Array(recordByteLength);
    bytes[0] = recordVersion;
    bytes[1] = eventNames.indexOf(event);
    writeUnsigned(bytes, sequenceOffset, 4, this.log.lastSequence + 1);
    writeUnsigned(bytes, 8, 4, epochSeconds);
    writeUnsigned(bytes, 12, 4, Math.max(-0x80000000, Math.min(0x7fffffff, detail)) >>> 0);
    const predecessor = this.log.newest;
    if (predecessor) {
      const digest = this.#chip.crypto.sha256(predecessor.slice(0, linkedByteLength));
      bytes.set(digest.subarray(0, linkByteLength), linkOffset);
    }
    const isStored = this.log.append(bytes);
    if (this.log.isAtRest) this.#opened = undefined;
    return isStored;
  }

  /** Visits the entries from sequence number `first` on, oldest first, until `visit` returns false. */
  visitFrom(first: number, visit: (entry: EventEntry) => boolean): void {
    this.log.visitFrom(first, (bytes) =>
      visit({
        sequence: sequenceOf(bytes),
        event: eventNames[bytes[1] as number] ?? "unknown",
        epochSeconds: readUnsigned(bytes, 8, 4),
        detail: readUnsigned(bytes, 12, 4) | 0,
        bytes: bytes.slice(),
      }),
    );
  }
}
