import type { FlashPartition } from "../../hal/flash.js";
import { RecordRing } from "../storage/record-ring.js";
import type { RingPosition } from "../storage/ring-position.js";
import { decodeMeterRecord, encodeMeterRecord, type MeterRecord } from "./meter-record.js";

/**
 * Register values at regular moments: the end of every interval, or every midnight. Values are absolute, so a
 * lost entry costs resolution, never volume.
 */
export class IntervalLog {
  #ring: RecordRing;
  #newest: MeterRecord | undefined;

  /** Uses the whole of `flash`. */
  constructor(
    flash: FlashPartition,
    kind: number,
    mayEraseAhead: () => boolean,
    position: RingPosition | undefined,
  ) {
    const sectorCount = flash.geometry.byteLength / flash.geometry.sectorByteLength;
    this.#ring = new RecordRing({
      flash,
      firstSector: 0,
      sectorCount,
      kind,
      mayEraseAhead,
      ...(position && { position }),
    });
    this.#newest = this.#ring.newest && decodeMeterRecord(this.#ring.newest);
  }

  get newest(): MeterRecord | undefined {
    return this.#newest;
  }

  /** Stores `entry` under the next sequence number; false when the flash refuses. */
  append(entry: Omit<MeterRecord, "sequence">): boolean {
    const record: MeterRecord = { ...entry, sequence: (this.#newest?.sequence ?? 0) + 1 };
    const stored = this.#ring.append(encodeMeterRecord(record));
    if (stored) this.#newest = record;
    return stored;
  }

  /** At most `count` entries from sequence number `first` on (or the oldest that is left), oldest first. */
  from(first: number, count: number): MeterRecord[] {
    const records: MeterRecord[] = [];
    if (count <= 0) return records;
    this.#ring.visitFrom(first, (bytes) => {
      const record = decodeMeterRecord(bytes);
      if (record) records.push(record);
      return records.length < count;
    });
    return records;
  }
}
