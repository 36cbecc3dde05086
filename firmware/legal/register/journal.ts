import { requireInvariant } from "../../../hal/base/invariant.js";
import type { FlashPartition } from "../../../hal/flash.js";
import { sequenceOf } from "../rings/record.js";
import type { LogStorage } from "../rings/log-storage.js";
import { legalLogs } from "../rings/legal-logs.js";
import { RecordRing } from "../rings/record-ring.js";
import type { RingPosition } from "../rings/ring-position.js";
import type { RecordJudge } from "../rings/sector-scan.js";
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

/**
 * The register's journal: records alternate between two banks of their own sectors, so that a damaged page
 * costs one record at most. The newest valid record of either bank is the register.
 */
export class Journal {
  #even: RecordRing;
  #odd: RecordRing;
  /** Packed: an object would take the chip 224 bytes, and little of it is asked for. */
  #newest: Uint8Array | undefined;
  /** The bank that it stands in. */
  #newestBank: RecordRing | undefined;
  #nextSequence: number;
  /** Of the last record that this object has stored. */
  #storedPulses = 0;
  /** True when flash holds newer records that this firmware can't read, or none that it can and yet something. */
  readonly hasUnknownRecord: boolean;
  /** False after a search: the newest record may have been cut off, and read differently at the next start. */
  readonly isSettled: boolean;

  constructor(storage: LogStorage) {
    const flash = storage.openPartition(legalLogs.journal.name);
    const positions = storage.positions(legalLogs.journal.name);
    const even = openBank(storage, flash, 0, positions?.[0]);
    const odd = openBank(storage, flash, 1, positions?.[1]);
    this.#even = even;
    this.#odd = odd;
    this.consider(even);
    this.consider(odd);
    const lastSequence = Math.max(even.lastSequence, odd.lastSequence);
    this.#nextSequence = lastSequence + 1;
    // Numbers that torn records may carry are not given away again: such a record can read as valid some day.
    const tornSlots = (even.found?.tornSlots ?? 0) + (odd.found?.tornSlots ?? 0);
    // An even number more: a bank that is passed over at each start would stay unsettled, and take no record ever.
    if (tornSlots > 0) this.#nextSequence += 2 + 2 * tornSlots;
    requireInvariant(
      !this.#newest || sequenceOf(this.#newest) < this.#nextSequence,
      "a record's number is higher than all before it",
    );
    this.hasUnknownRecord =
      lastSequence > Math.max(newestSequenceIn(even), newestSequenceIn(odd)) ||
      (!this.#newest && (even.holdsOnlyUnknown || odd.holdsOnlyUnknown));
    this.isSettled = this.#newestBank?.found?.wasResumed === true;
    even.found = undefined;
    odd.found = undefined;
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
    return this.#even.failures + this.#odd.failures;
  }

  /**
   * Stores `entry` under the next sequence number. Falls back to the other bank when one fails; false when
   * both do.
   */
  append(entry: Omit<MeterRecord, "sequence">): boolean {
    const sequence = this.#nextSequence;
    requireInvariant(entry.forwardPulses >= this.#storedPulses, "the register in the journal never falls");
    const bytes = encodeMeterRecord(entry, sequence);
    const bank = sequence % 2 === 0 ? this.#even : this.#odd;
    const isStored =
      this.appendTo(bank, bytes) || this.appendTo(bank === this.#even ? this.#odd : this.#even, bytes);
    if (isStored) {
      this.#nextSequence = sequence + 1;
      this.#storedPulses = entry.forwardPulses;
    }
    return isStored;
  }

  private appendTo(bank: RecordRing, bytes: Uint8Array): boolean {
    // Alternating has failed, or a number was passed over, so this bank holds the newest record: keep away from
    // its page.
    if (bank === this.#newestBank) bank.startPage();
    if (!bank.append(bytes)) return false;
    this.#newest = bytes;
    this.#newestBank = bank;
    return true;
  }

  /**
   * The newer record counts, if its register is not below its predecessor's. Between records whose numbers don't
   * follow one another lies a loss of power.
   */
  private consider(bank: RecordRing): void {
    const record = bank.found?.newest;
    if (!record || !isMeterRecord(record)) return;
    const known = this.#newest;
    if (known) {
      const distance = sequenceOf(record) - sequenceOf(known);
      const gain =
        forwardPulsesOf(record) - forwardPulsesOf(known) || reversePulsesOf(record) - reversePulsesOf(known);
      const isSuccessor = Math.abs(distance) <= 1;
      if ((isSuccessor && gain !== 0 ? gain : distance) <= 0) return;
    }
    this.#newest = record;
    this.#newestBank = bank;
  }
}

function openBank(
  storage: LogStorage,
  flash: FlashPartition,
  bank: number,
  position?: RingPosition,
): RecordRing {
  return new RecordRing({
    flash,
    firstSector: bank * journalBankSectorCount,
    sectorCount: journalBankSectorCount,
    kind: legalLogs.journal.kind + bank,
    supply: storage,
    position,
    judge,
  });
}

function newestSequenceIn({ found }: RecordRing): number {
  return found?.newest ? sequenceOf(found.newest) : 0;
}
