import type { TimeTrust, WallTime } from "../../hal/clock.js";
import type { FlashPartitionConstructor } from "../../hal/flash.js";
import type { MeteringSettings } from "../settings/settings.js";
import type { LogName, RetainedState } from "../storage/retained-state.js";
import { dayOfMonth } from "../time/calendar.js";
import { IntervalLog } from "./interval-log.js";
import type { MeterRecord, RecordCause } from "./meter-record.js";

const kinds = Object.freeze({ intervals: 3, days: 4, months: 8 });
const daySeconds = 86_400;

/** A value taken later than this after its boundary is marked as estimated. */
const punctualSeconds = 60;

/** Makes a record of the register as it stands, dated as told. */
type MakeEntry = (
  cause: RecordCause,
  epochSeconds: number,
  trust: TimeTrust,
) => Omit<MeterRecord, "sequence">;

export interface PeriodicLogsOptions {
  readonly flash: { readonly io: FlashPartitionConstructor };
  readonly retained: RetainedState;
  readonly settings: MeteringSettings;
  readonly mayEraseAhead: () => boolean;
}

/**
 * The values of every interval, every midnight and every billing day. The logs are opened when they are needed:
 * most wakes only count.
 */
export class PeriodicLogs {
  #options: PeriodicLogsOptions;
  #intervals: IntervalLog | undefined;
  #days: IntervalLog | undefined;
  #months: IntervalLog | undefined;

  constructor(options: PeriodicLogsOptions) {
    this.#options = options;
  }

  get intervals(): IntervalLog {
    this.#intervals ??= this.#open("intervals");
    return this.#intervals;
  }

  get days(): IntervalLog {
    this.#days ??= this.#open("days");
    return this.#days;
  }

  get months(): IntervalLog {
    this.#months ??= this.#open("months");
    return this.#months;
  }

  /** Slots and sectors that failed since this object was made. */
  get failures(): number {
    return (this.#intervals?.failures ?? 0) + (this.#days?.failures ?? 0) + (this.#months?.failures ?? 0);
  }

  /**
   * Stores the values of the boundary that has been reached, if they are not stored yet. Returns true when an
   * interval's value was. Boundaries that were missed stay without a value: nobody knows what stood on the
   * register then.
   */
  record({ epochMilliseconds, trust }: WallTime, makeEntry: MakeEntry): boolean {
    if (trust === "unset") return false;
    const { retained, settings } = this.#options;
    const now = Math.floor(epochMilliseconds / 1000);
    const boundary = now - (now % settings.intervalSeconds);
    if (retained.intervalEpochSeconds >= boundary) return false;
    const isPunctual = now - boundary <= punctualSeconds;
    const last = this.intervals.newest;
    if (last) retained.intervalEpochSeconds = last.epochSeconds;
    // The very first value must be punctual: a late one would claim what was counted before it.
    if (last ? boundary <= last.epochSeconds : !isPunctual) return false;
    const believed = isPunctual ? trust : "estimated";
    this.#recordMidnight(boundary, believed, makeEntry);
    if (!this.intervals.append(makeEntry("interval", boundary, believed))) return false;
    retained.intervalEpochSeconds = boundary;
    return true;
  }

  #recordMidnight(boundary: number, trust: TimeTrust, makeEntry: MakeEntry): void {
    const midnight = boundary - (boundary % daySeconds);
    const last = this.days.newest?.epochSeconds;
    if (last === undefined ? boundary !== midnight : midnight <= last) return;
    const believed = boundary === midnight ? trust : "estimated";
    if (dayOfMonth(midnight) === this.#options.settings.billingDay)
      this.months.append(makeEntry("billing", midnight, believed));
    this.days.append(makeEntry("day", midnight, believed));
  }

  #open(partition: keyof typeof kinds & LogName): IntervalLog {
    const { flash, retained, mayEraseAhead } = this.#options;
    const positions = retained.positions(partition);
    return new IntervalLog(new flash.io({ partition }), kinds[partition], mayEraseAhead, positions);
  }
}
