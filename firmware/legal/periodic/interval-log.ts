import { legalLogs } from "../rings/legal-logs.js";
import type { LogStorage } from "../rings/log-storage.js";
import { MirroredLog } from "../rings/mirrored-log.js";
import { sequenceOf } from "../rings/record.js";
import { Dating } from "./dating.js";
import {
  decodeMeterRecord,
  encodeMeterRecord,
  epochSecondsOf,
  forwardPulsesOf,
  isDated,
  isMeterRecord,
  type MeterRecord,
  reversePulsesOf,
} from "../register/meter-record.js";

export type PeriodicLogName = "intervals" | "days" | "months";

/**
 * Sees one register value and tells whether it wants the next one: a report has many, and each as an object would
 * cost the chip 224 bytes. The seconds are those of `Dating`.
 */
export type ValueVisitor = (
  sequence: number,
  seconds: number,
  forwardPulses: number,
  reversePulses: number,
) => boolean;

/**
 * Register values at regular moments: the end of every interval, every midnight, or every billing day. Values
 * are absolute, so a lost entry costs resolution, never volume.
 */
export class IntervalLog {
  #log: MirroredLog;
  #newestSequence = 0;
  #newestEpochSeconds: number | undefined;
  #newestPoweredSeconds: number | undefined;

  constructor(storage: LogStorage, log: PeriodicLogName) {
    this.#log = new MirroredLog(storage, legalLogs[log]);
    const { newest } = this.#log;
    if (!newest || !isMeterRecord(newest)) return;
    this.#newestSequence = sequenceOf(newest);
    this.noteNewest(epochSecondsOf(newest), isDated(newest));
  }

  /** Sequence number of the newest entry; 0 while there is none that this firmware can read. */
  get newestSequence(): number {
    return this.#newestSequence;
  }

  /** Of the newest entry; undefined where it has no date, or while there is none that this firmware can read. */
  get newestEpochSeconds(): number | undefined {
    return this.#newestEpochSeconds;
  }

  /** Of the newest entry where it has no date: seconds since the power of its time came. */
  get newestPoweredSeconds(): number | undefined {
    return this.#newestPoweredSeconds;
  }

  /** True when the log may be let go of. */
  get isAtRest(): boolean {
    return this.#log.isAtRest;
  }

  /** Slots and sectors that failed since this object was made. */
  get failures(): number {
    return this.#log.failures;
  }

  /** Stores `entry` under the next sequence number; false when the flash refuses. */
  append(entry: Omit<MeterRecord, "sequence">): boolean {
    const sequence = this.#log.lastSequence + 1;
    if (!this.#log.append(encodeMeterRecord(entry, sequence))) return false;
    this.#newestSequence = sequence;
    this.noteNewest(entry.epochSeconds, entry.timeTrust !== "unset");
    return true;
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

  /**
   * Shows the register values from sequence number `first` on that have a date, oldest first, until `visit` returns
   * false; those of the present power period too, by its own seconds, while it has none.
   */
  visit(first: number, isPresentUndated: boolean, visit: ValueVisitor): void {
    const dating = new Dating(isPresentUndated);
    let next: number | undefined = first;
    while (next !== undefined) {
      next = this.visitDated(next, dating, visit);
      if (next !== undefined) dating.find(next, this.visitFrom.bind(this));
    }
  }

  /** Stops where the dating is open, and returns that sequence number. */
  private visitDated(first: number, dating: Dating, visit: ValueVisitor): number | undefined {
    let open: number | undefined;
    this.visitFrom(first, (bytes) => {
      const sequence = sequenceOf(bytes);
      if (dating.isOpen(bytes)) {
        open = sequence;
        return false;
      }
      const seconds = dating.secondsOf(bytes);
      return (
        seconds === undefined || visit(sequence, seconds, forwardPulsesOf(bytes), reversePulsesOf(bytes))
      );
    });
    return open;
  }

  private noteNewest(seconds: number, hasDate: boolean): void {
    this.#newestEpochSeconds = hasDate ? seconds : undefined;
    this.#newestPoweredSeconds = hasDate ? undefined : seconds;
  }

  private visitFrom(first: number, visit: (bytes: Uint8Array) => boolean): void {
    this.#log.visitFrom(first, (bytes) => !isMeterRecord(bytes) || visit(bytes));
  }
}
