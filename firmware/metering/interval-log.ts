import type { FlashPartition } from "../../hal/flash.js";
import { MirroredLog } from "../storage/mirrored-log.js";
import type { RingPosition } from "../storage/ring-position.js";
import { decodeMeterRecord, encodeMeterRecord, type MeterRecord } from "./meter-record.js";

/**
 * Register values at regular moments: the end of every interval, every midnight, or every billing day. Values
 * are absolute, so a lost entry costs resolution, never volume.
 */
export class IntervalLog {
  #log: MirroredLog;
  #newest: MeterRecord | undefined;

  /** Uses the whole of `flash`. */
  constructor(
    flash: FlashPartition,
    kind: number,
    mayEraseAhead: () => boolean,
    positions?: readonly [RingPosition, RingPosition],
  ) {
    this.#log = new MirroredLog({ flash, kind, mayEraseAhead, positions });
    this.#newest = this.#log.newest && decodeMeterRecord(this.#log.newest);
  }

  get newest(): MeterRecord | undefined {
    return this.#newest;
  }

  /** Slots and sectors that failed since this object was made. */
  get failures(): number {
    return this.#log.failures;
  }

  /** Stores `entry` under the next sequence number; false when the flash refuses. */
  append(entry: Omit<MeterRecord, "sequence">): boolean {
    const record: MeterRecord = { ...entry, sequence: this.#log.lastSequence + 1 };
    const stored = this.#log.append(encodeMeterRecord(record));
    if (stored) this.#newest = record;
    return stored;
  }

  /** At most `count` entries from sequence number `first` on (or the oldest that is left), oldest first. */
  from(first: number, count: number): MeterRecord[] {
    const records: MeterRecord[] = [];
    if (count <= 0) return records;
    this.#log.visitFrom(first, (bytes) => {
      const record = decodeMeterRecord(bytes);
      if (record) records.push(record);
      return records.length < count;
    });
    return records;
  }
}
