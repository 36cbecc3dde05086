import type { FlashPartition } from "../../hal/flash.js";
import { sequenceOf } from "../storage/record.js";
import { RecordRing } from "../storage/record-ring.js";
import type { RingPosition } from "../storage/ring-position.js";
import type { RecordJudge } from "../storage/sector-scan.js";
import {
  decodeMeterRecord,
  encodeMeterRecord,
  forwardPulsesOf,
  isMeterRecord,
  type MeterRecord,
} from "./meter-record.js";

/** Sectors in each of the journal's two banks. */
export const journalBankSectorCount = 4;

/** A record is readable in this firmware's layout; of two that claim the same place the higher register counts. */
const judge: RecordJudge = Object.freeze({ isReadable: isMeterRecord, rank: forwardPulsesOf });

const bankKinds = Object.freeze([1, 2] as const);

/**
 * The register's journal: records alternate between two banks of their own sectors, so that a damaged page
 * costs one record at most. The newest valid record of either bank is the register.
 */
export class Journal {
  #banks: readonly [RecordRing, RecordRing];
  #newest: MeterRecord | undefined;
  #newestBank = 0;
  #lastSequence: number;
  /** True when flash held newer records that this firmware can't read: a newer one wrote them. */
  readonly hasUnknownRecord: boolean;

  /** `positions` are those of the two banks, if an earlier run noted them. */
  constructor(
    flash: FlashPartition,
    mayEraseAhead: () => boolean,
    positions?: readonly [RingPosition, RingPosition],
  ) {
    const open = (bank: 0 | 1): RecordRing =>
      new RecordRing({
        flash,
        firstSector: bank * journalBankSectorCount,
        sectorCount: journalBankSectorCount,
        kind: bankKinds[bank],
        mayEraseAhead,
        position: positions?.[bank],
        judge,
      });
    this.#banks = [open(0), open(1)];
    this.#lastSequence = Math.max(this.#banks[0].lastSequence, this.#banks[1].lastSequence);
    for (let bank = 0; bank < this.#banks.length; bank++) {
      const bytes = this.#banks[bank]?.newest;
      const record = bytes && decodeMeterRecord(bytes);
      if (record) this.#consider(record, bank);
    }
    const newestSequences = this.#banks.map(({ newest }) => (newest ? sequenceOf(newest) : 0));
    this.hasUnknownRecord = this.#lastSequence > Math.max(...newestSequences);
  }

  /** The last record; undefined on a meter that never counted. */
  get newest(): MeterRecord | undefined {
    return this.#newest;
  }

  /** Slots and sectors that failed since this object was made. */
  get failures(): number {
    return this.#banks[0].failures + this.#banks[1].failures;
  }

  /**
   * Stores `entry` under the next sequence number. Falls back to the other bank when one fails; false when
   * both do.
   */
  append(entry: Omit<MeterRecord, "sequence">): boolean {
    const record: MeterRecord = { ...entry, sequence: this.#lastSequence + 1 };
    const bytes = encodeMeterRecord(record);
    const bank = record.sequence % 2;
    for (const candidate of [bank, 1 - bank]) {
      const ring = this.#banks[candidate] as RecordRing;
      // Alternating has failed, so this bank holds the newest record: keep away from its page.
      if (this.#newest && candidate === this.#newestBank) ring.startPage();
      if (!ring.append(bytes)) continue;
      this.#newest = record;
      this.#lastSequence = record.sequence;
      this.#newestBank = candidate;
      return true;
    }
    return false;
  }

  /** The higher register counts, as it was stored; of equal ones the newer. */
  #consider(record: MeterRecord, bank: number): void {
    const known = this.#newest;
    const isAhead =
      !known ||
      record.forwardPulses > known.forwardPulses ||
      (record.forwardPulses === known.forwardPulses && record.sequence > known.sequence);
    if (!isAhead) return;
    this.#newest = record;
    this.#newestBank = bank;
  }
}
