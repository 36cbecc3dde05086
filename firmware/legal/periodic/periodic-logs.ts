import type { TimeTrust, WallTime } from "../../../hal/clock.js";
import { daySeconds } from "../../../hal/base/time-units.js";
import { BrokenInvariant } from "../../../hal/base/invariant.js";
import { dayOfMonth } from "../../../hal/base/calendar.js";
import type { MeteringMemory } from "../retained/metering-memory.js";
import type { LogStorage } from "../rings/log-storage.js";
import { IntervalLog } from "./interval-log.js";
import type { MeterRecord, RecordCause } from "../register/meter-record.js";

/** A value taken later than this after its boundary is marked as estimated. */
const punctualSeconds = 60;

/**
 * A stored value whose date lies further ahead than this comes from a clock that was set wrong, and holds up no other.
 * One that is less far ahead is waited for: a date that comes twice would contradict what has been reported.
 */
const mostAheadSeconds = 31 * daySeconds;

/** When values are taken. */
export interface PeriodicSettings {
  readonly intervalSeconds: number;
  /** Day of the month, 1 to 28. */
  readonly billingDay: number;
}

/** Makes a record of the register as it stands, dated as told. */
type MakeEntry = (
  cause: RecordCause,
  epochSeconds: number,
  trust: TimeTrust,
) => Omit<MeterRecord, "sequence">;

/**
 * The values of every interval, every midnight and every billing day. The logs are opened when they are needed:
 * most wakes only count.
 * Once they were, they are let go of, for a contact with the head-end needs the memory.
 */
export class PeriodicLogs {
  #storage: LogStorage;
  #memory: MeteringMemory;
  #settings: PeriodicSettings;
  #intervals: IntervalLog | undefined;
  #days: IntervalLog | undefined;
  #months: IntervalLog | undefined;
  #defects = 0;

  constructor(storage: LogStorage, memory: MeteringMemory, settings: PeriodicSettings) {
    this.#storage = storage;
    this.#memory = memory;
    this.#settings = settings;
  }

  /** @throws {Error} as the other two, when the board has no partition for it. */
  get intervals(): IntervalLog {
    this.#intervals ??= new IntervalLog(this.#storage, "intervals");
    return this.#intervals;
  }

  get days(): IntervalLog {
    this.#days ??= new IntervalLog(this.#storage, "days");
    return this.#days;
  }

  get months(): IntervalLog {
    this.#months ??= new IntervalLog(this.#storage, "months");
    return this.#months;
  }

  /** Slots and sectors that failed since this object was made, and logs that could not be opened. */
  get failures(): number {
    return (
      this.#defects +
      (this.#intervals?.failures ?? 0) +
      (this.#days?.failures ?? 0) +
      (this.#months?.failures ?? 0)
    );
  }

  /** Lets go of what is at rest; it is opened once more when it is needed. */
  letGo(): void {
    if (this.#intervals?.isAtRest) this.#intervals = undefined;
    if (this.#days?.isAtRest) this.#days = undefined;
    if (this.#months?.isAtRest) this.#months = undefined;
  }

  /** True when a boundary has been reached whose value is not stored and can still be told. */
  isDue({ epochMilliseconds, trust }: WallTime): boolean {
    const memory = this.#memory;
    const { boundary, isPunctual } = this.boundaryAt(epochMilliseconds);
    if (isTaken(memory.intervalEpochSeconds, boundary)) return false;
    if (trust === "unset") return isPunctual;
    const last = this.newestIntervalSeconds();
    if (last === null) return false;
    // The first value must be punctual: a late one would claim what was counted before it.
    if (last === undefined) return isPunctual;
    memory.intervalEpochSeconds = last;
    return boundary > last || (isPunctual && !isTaken(last, boundary));
  }

  /**
   * Stores the values of the boundary that has been reached; to be called when `isDue` says so. Boundaries that
   * were missed stay without a value: nobody knows what stood on the register then.
   */
  record({ epochMilliseconds, trust }: WallTime, makeEntry: MakeEntry): void {
    const { boundary, isPunctual } = this.boundaryAt(epochMilliseconds);
    if (trust === "unset") {
      this.recordUndated(boundary, makeEntry);
      return;
    }
    const believed = isPunctual ? trust : "estimated";
    try {
      this.recordMidnight(boundary, believed, makeEntry);
    } catch (error) {
      this.noteDefect(error);
    }
    try {
      const isStored = this.intervals.append(makeEntry("interval", boundary, believed));
      // Past its minute an attempt counts like a success: a log that fails is not tried at every wake.
      if (isStored || !isPunctual) this.#memory.intervalEpochSeconds = boundary;
    } catch (error) {
      this.noteDefect(error);
    }
    this.letGo();
  }

  /**
   * The meter learns the date: that moment is stored by both clocks, which dates what was taken since power came
   * (`Dating`). Nothing is stored where there is nothing to date.
   */
  dateValues(poweredSeconds: number, epochSeconds: number, trust: TimeTrust, makeEntry: MakeEntry): void {
    const memory = this.#memory;
    if (!memory.hasUndatedValues) return;
    try {
      const { intervals } = this;
      const isTaken =
        intervals.newestPoweredSeconds === poweredSeconds ||
        intervals.append(makeEntry("interval", poweredSeconds, "unset"));
      if (isTaken && intervals.append(makeEntry("start", epochSeconds, trust)))
        memory.intervalEpochSeconds = epochSeconds;
    } catch (error) {
      this.noteDefect(error);
    }
    memory.hasUndatedValues = false;
    this.letGo();
  }

  /** Midnights and billing days are nobody's without a date; intervals are dated when it is known. */
  private recordUndated(boundary: number, makeEntry: MakeEntry): void {
    const memory = this.#memory;
    try {
      const { intervals } = this;
      memory.hasUndatedValues ||= intervals.append(makeEntry("start", boundary, "unset"));
      if (memory.hasUndatedValues && intervals.append(makeEntry("interval", boundary, "unset")))
        memory.intervalEpochSeconds = boundary;
    } catch (error) {
      this.noteDefect(error);
    }
    this.letGo();
  }

  /** Undefined while there is none, null where the log can't be opened. */
  private newestIntervalSeconds(): number | undefined | null {
    try {
      return this.intervals.newestEpochSeconds;
    } catch (error) {
      this.noteDefect(error);
      return null;
    }
  }

  /** A log that can't even be opened costs its own values, and neither the register nor another log's. */
  private noteDefect(error: unknown): void {
    if (error instanceof BrokenInvariant) throw error;
    this.#defects++;
  }

  private boundaryAt(epochMilliseconds: number): { boundary: number; isPunctual: boolean } {
    const now = Math.floor(epochMilliseconds / 1000);
    const boundary = now - (now % this.#settings.intervalSeconds);
    return { boundary, isPunctual: now - boundary <= punctualSeconds };
  }

  private recordMidnight(boundary: number, trust: TimeTrust, makeEntry: MakeEntry): void {
    const memory = this.#memory;
    const midnight = boundary - (boundary % daySeconds);
    if (isTaken(memory.recordedDay * daySeconds, midnight)) return;
    const last = this.days.newestEpochSeconds ?? Infinity;
    if (isTaken(last, midnight)) {
      memory.recordedDay = Math.floor(last / daySeconds);
      return;
    }
    // As in `isDue`, the first value must be punctual.
    if (last > midnight && boundary !== midnight) return;
    const believed = boundary === midnight ? trust : "estimated";
    const isBillingDay = dayOfMonth(midnight) === this.#settings.billingDay;
    try {
      if (isBillingDay && !isTaken(this.months.newestEpochSeconds ?? 0, midnight))
        this.months.append(makeEntry("billing", midnight, believed));
    } catch (error) {
      this.noteDefect(error);
    }
    const isStored = this.days.append(makeEntry("day", midnight, believed));
    if (isStored || boundary !== midnight) memory.recordedDay = midnight / daySeconds;
  }
}

/** True when the value of `boundary` stands in the log that ends with `lastEpochSeconds`, or would come out of turn. */
function isTaken(lastEpochSeconds: number, boundary: number): boolean {
  return lastEpochSeconds >= boundary && lastEpochSeconds - boundary <= mostAheadSeconds;
}
