import type { FlashPartition } from "../../hal/flash.js";
import { RecordRing } from "../storage/record-ring.js";
import type { RingPosition } from "../storage/ring-position.js";
import { decodeMeterRecord, encodeMeterRecord, type MeterRecord } from "./meter-record.js";

/** Sectors in each of the journal's two banks. */
export const journalBankSectorCount = 4;

const bankKinds = Object.freeze([1, 2]);

/**
 * The register's journal: records alternate between two banks of their own sectors, so that a damaged page
 * costs one record at most. The newest valid record of either bank is the register.
 */
export class Journal {
  #banks: RecordRing[] = [];
  #newest: MeterRecord | undefined;

  /** `positions` are those of the two banks, if an earlier run noted them. */
  constructor(flash: FlashPartition, mayEraseAhead: () => boolean, positions: readonly RingPosition[] = []) {
    for (let bank = 0; bank < bankKinds.length; bank++) {
      const firstSector = bank * journalBankSectorCount;
      const kind = bankKinds[bank] as number;
      const position = positions[bank];
      const ring = new RecordRing({
        flash,
        firstSector,
        sectorCount: journalBankSectorCount,
        kind,
        mayEraseAhead,
        ...(position && { position }),
      });
      this.#banks.push(ring);
      const record = ring.newest && decodeMeterRecord(ring.newest);
      if (record && (!this.#newest || record.sequence > this.#newest.sequence)) this.#newest = record;
    }
  }

  /** The last record; undefined on a meter that never counted. */
  get newest(): MeterRecord | undefined {
    return this.#newest;
  }

  /**
   * Stores `entry` under the next sequence number. Falls back to the other bank when one fails; false when
   * both do.
   */
  append(entry: Omit<MeterRecord, "sequence">): boolean {
    const record: MeterRecord = { ...entry, sequence: (this.#newest?.sequence ?? 0) + 1 };
    const bytes = encodeMeterRecord(record);
    const bank = record.sequence % 2;
    const stored = this.#banks[bank]?.append(bytes) === true || this.#banks[1 - bank]?.append(bytes) === true;
    if (stored) this.#newest = record;
    return stored;
  }
}
