import type { FlashPartition } from "../../hal/flash.js";
import { RecordRing } from "../storage/record-ring.js";
import type { RingPosition } from "../storage/ring-position.js";
import { decodeMeterRecord, encodeMeterRecord, forwardPulsesOf, type MeterRecord } from "./meter-record.js";

/** Sectors in each of the journal's two banks. */
export const journalBankSectorCount = 4;

const bankKinds = Object.freeze([1, 2] as const);

/**
 * The register's journal: records alternate between two banks of their own sectors, so that a damaged page
 * costs one record at most. The newest valid record of either bank is the register.
 */
export class Journal {
  #banks: readonly [RecordRing, RecordRing];
  #newest: MeterRecord | undefined;
  #newestBank = 0;
  /** True when flash holds a valid record that this firmware can't read: a newer one wrote it. */
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
        rank: forwardPulsesOf,
      });
    this.#banks = [open(0), open(1)];
    const records = this.#banks.map(({ newest }) => newest && decodeMeterRecord(newest));
    this.hasUnknownRecord = records.some(
      (record, bank) => !record && this.#banks[bank]?.newest !== undefined,
    );
    for (let bank = 0; bank < records.length; bank++) this.#consider(records[bank], bank);
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
    const record: MeterRecord = { ...entry, sequence: (this.#newest?.sequence ?? 0) + 1 };
    const bytes = encodeMeterRecord(record);
    const bank = record.sequence % 2;
    for (const candidate of [bank, 1 - bank]) {
      const ring = this.#banks[candidate] as RecordRing;
      // Alternating has failed, so this bank holds the newest record: keep away from its page.
      if (this.#newest && candidate === this.#newestBank) ring.startPage();
      if (!ring.append(bytes)) continue;
      this.#newest = record;
      this.#newestBank = candidate;
      return true;
    }
    return false;
  }

  /** Takes the higher sequence number, and never a lower register than any bank shows. */
  #consider(record: MeterRecord | undefined, bank: number): void {
    if (!record) return;
    const known = this.#newest;
    if (!known) {
      this.#newest = record;
      this.#newestBank = bank;
      return;
    }
    const isNewer = record.sequence > known.sequence;
    const newer = isNewer ? record : known;
    if (isNewer) this.#newestBank = bank;
    this.#newest = {
      ...newer,
      forwardPulses: Math.max(record.forwardPulses, known.forwardPulses),
      reversePulses: Math.max(record.reversePulses, known.reversePulses),
    };
  }
}
