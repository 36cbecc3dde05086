import type { LogStorage } from "../storage/log-storage.js";
import { sequenceOf } from "../storage/record.js";
import { RecordRing } from "../storage/record-ring.js";
import type { RecordJudge } from "../storage/sector-scan.js";
import {
  decodeMeterRecord,
  encodeMeterRecord,
  forwardPulsesOf,
  isMeterRecord,
  type MeterRecord,
  reversePulsesOf,
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
  /** Packed: an object would take the chip 224 bytes, and little of it is asked for. */
  #newest: Uint8Array | undefined;
  #newestBank = 0;
  #nextSequence: number;
  /** True when flash holds newer records that this firmware can't read, or none that it can and yet something. */
  readonly hasUnknownRecord: boolean;
  /** False after a search: the newest record may have been cut off, and read differently at the next start. */
  readonly isSettled: boolean;

  constructor(storage: LogStorage) {
    const flash = storage.openPartition("journal");
    const positions = storage.positions("journal");
    const open = (bank: 0 | 1): RecordRing =>
      new RecordRing({
        flash,
        firstSector: bank * journalBankSectorCount,
        sectorCount: journalBankSectorCount,
        kind: bankKinds[bank],
        supply: storage,
        position: positions?.[bank],
        judge,
      });
    const banks = [open(0), open(1)] as const;
    this.#banks = banks;
    for (const bank of [0, 1] as const) {
      const newest = banks[bank].found?.newest;
      if (newest && isMeterRecord(newest)) this.consider(newest, bank);
    }
    const lastSequence = Math.max(banks[0].lastSequence, banks[1].lastSequence);
    this.#nextSequence = lastSequence + 1;
    // Numbers that torn records may carry are not given away again: such a record can read as valid some day.
    const tornSlots = (banks[0].found?.tornSlots ?? 0) + (banks[1].found?.tornSlots ?? 0);
    if (tornSlots > 0) this.#nextSequence += 1 + 2 * tornSlots;
    this.hasUnknownRecord =
      lastSequence > Math.max(newestSequenceIn(banks[0]), newestSequenceIn(banks[1])) ||
      (!this.#newest && (banks[0].holdsOnlyUnknown || banks[1].holdsOnlyUnknown));
    this.isSettled = this.#newest !== undefined && banks[this.#newestBank]?.found?.wasResumed === true;
    for (const bank of banks) bank.found = undefined;
  }

  /** The last record; undefined on a meter that never counted. */
  get newest(): MeterRecord | undefined {
    return this.#newest && decodeMeterRecord(this.#newest);
  }

  /** How many pulses, of both directions, these totals are beyond those of the last record. */
  pulsesBeyond(forwardPulses: number, reversePulses: number): number {
    const known = this.#newest;
    if (!known) return forwardPulses + reversePulses;
    return forwardPulses - forwardPulsesOf(known) + (reversePulses - reversePulsesOf(known));
  }

  /** The sequence number of the record that is stored next; all that are in flash have lower ones. */
  get nextSequence(): number {
    return this.#nextSequence;
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
    const sequence = this.#nextSequence;
    const bytes = encodeMeterRecord(entry, sequence);
    const bank = sequence % 2;
    for (const candidate of [bank, 1 - bank]) {
      const ring = this.#banks[candidate] as RecordRing;
      // Alternating has failed, or a number was passed over, so this bank holds the newest record: keep away from
      // its page.
      if (this.#newest && candidate === this.#newestBank) ring.startPage();
      if (!ring.append(bytes)) continue;
      this.#newest = bytes;
      this.#nextSequence = sequence + 1;
      this.#newestBank = candidate;
      return true;
    }
    return false;
  }

  /**
   * The newer record counts, if its register is not below its predecessor's. Between records whose numbers don't
   * follow one another lies a loss of power.
   */
  private consider(record: Uint8Array, bank: number): void {
    const known = this.#newest;
    if (known) {
      const distance = sequenceOf(record) - sequenceOf(known);
      const isNewer = distance > 0;
      const isSuccessor = Math.abs(distance) <= 1;
      const isHigher = forwardPulsesOf(record) > forwardPulsesOf(known);
      const isEqual = forwardPulsesOf(record) === forwardPulsesOf(known);
      if (isSuccessor && !isEqual ? !isHigher : !isNewer) return;
    }
    this.#newest = record;
    this.#newestBank = bank;
  }
}

function newestSequenceIn({ found }: RecordRing): number {
  return found?.newest ? sequenceOf(found.newest) : 0;
}
