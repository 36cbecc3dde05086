import { daySeconds } from "../../hal/base/time-units.js";
import type { EventName } from "../../firmware/events/event-names.js";
import type { MeterRecord } from "../../firmware/legal/register/meter-record.js";
import { MeteringMemory } from "../../firmware/legal/retained/metering-memory.js";
import type { Meter } from "../../firmware/meter.js";
import { require } from "./invariant.js";
import type { MeterState } from "./meter-state.js";
import { provenSettings } from "./proven-settings.js";
import { eventContent, eventEntryOf, momentOf, valueContent, valueEntryOf } from "./stored-content.js";
import type { StoredLog } from "./stored-log.js";

/** A meter's very first interval value, and each without a date, must not be later than this. */
const punctualSeconds = 60;

/**
 * Holds a meter that is at work to the ledger: whatever it writes down, and whatever it says about having written it,
 * goes by here. Nothing is changed on the way.
 */
export class MeterWatch {
  readonly #state: MeterState;
  readonly #meter: Meter;
  /** Events of this run, with their details; those that healthy flash has refused are not told. */
  readonly #told: string[] = [];

  /** From here on the calls of `meter`, and its own to its parts, are watched. */
  constructor(state: MeterState, meter: Meter) {
    this.#state = state;
    this.#meter = meter;
    const { metering, events } = meter;
    const { board } = state;
    const checkpoint = metering.checkpoint.bind(metering);
    const record = metering.recordWhatIsDue.bind(metering);
    const append = events.append.bind(events);
    metering.checkpoint = (cause) => board.watch(() => this.#noteCheckpoint(checkpoint(cause)));
    metering.recordWhatIsDue = () => {
      board.watch(() => {
        this.#record(record);
      });
    };
    const setTime = metering.setTime.bind(metering);
    metering.setTime = (epochMilliseconds, trust) => {
      if (!this.#now.isDated) this.#attemptDating(Math.floor(epochMilliseconds / 1000));
      setTime(epochMilliseconds, trust);
      this.#seeIntervals();
    };
    events.append = (event, detail, epochSeconds) =>
      board.watch(() => this.#append(append, event, detail, epochSeconds));
  }

  /** True when an entry was made in this run. */
  hasTold(event: EventName, detail: number): boolean {
    return this.#told.includes(`${event} ${detail}`);
  }

  get hasToldAnything(): boolean {
    return this.#told.length > 0;
  }

  /** What flash did not take stands in the event log before the meter sleeps. */
  requireFlashFaultTold(): void {
    const { metering, events } = this.#meter;
    const isTold =
      metering.flashFailures + events.failures === 0 ||
      this.#told.some((told) => told.startsWith("flash-fault "));
    require(isTold, "silent-failure", () => "flash has failed, and the event log does not say so");
  }

  #noteCheckpoint(isStored: boolean): boolean {
    const { ledger, story, board, isFlashHealthy } = this.#state;
    require(isStored || !isFlashHealthy, "store-refused", () => "a checkpoint was refused");
    if (isStored) {
      ledger.commit();
      const { forward, reverse } = ledger.expected;
      story?.(`checkpoint at ${board.ticks} ms: ${forward} forward, ${reverse} reverse`);
    } else {
      ledger.isRefused = true;
      story?.("a checkpoint was refused");
    }
    return isStored;
  }

  /** What `recordWhatIsDue` stores of periodic values is known by what the meter shows afterwards. */
  #record(record: () => void): void {
    const { ledger } = this.#state;
    const { metering, retained } = this.#meter;
    const { seconds, isDated } = this.#now;
    const boundary = seconds - (seconds % provenSettings.intervalSeconds);
    const isNewBoundary = new MeteringMemory(retained).intervalEpochSeconds < boundary;
    // What a cut has let through decides whether there was a dated value before.
    if (isNewBoundary) this.#seeIntervals();
    if (isNewBoundary && isDated) this.#attempt(boundary);
    else if (isNewBoundary) this.#attemptUndated(boundary);
    record();
    if (!isNewBoundary) return;
    const { intervals, days, months, restarts } = ledger;
    const isDue = this.#isIntervalDue(boundary);
    this.#seeIntervals();
    see(days, metering.daysFrom(days.lastSequence + 1, 10), restarts);
    see(months, metering.monthsFrom(months.lastSequence + 1, 10), restarts);
    if (isDue) this.#requireTold(intervals.last?.moment === momentOf(boundary, isDated));
  }

  #isIntervalDue(boundary: number): boolean {
    const last = this.#state.ledger.intervals.last?.moment;
    const { seconds, isDated } = this.#now;
    const mustBePunctual = !isDated || last === undefined || last < 0;
    return mustBePunctual ? seconds - boundary <= punctualSeconds : boundary > last;
  }

  #seeIntervals(): void {
    const { intervals, restarts } = this.#state.ledger;
    see(intervals, this.#meter.metering.intervalsFrom(intervals.lastSequence + 1, 10), restarts);
  }

  /** An interval that was due is stored, or the meter knows of the failure. */
  #requireTold(isStored: boolean): void {
    require(isStored || !this.#state.isFlashHealthy, "store-refused", () => "an interval was refused");
    require(isStored || this.#meter.metering.flashFailures > 0, "silent-failure", () =>
      "an interval was lost in silence");
  }

  /** By the wall clock, or without a date by the time since power came. */
  get #now(): { readonly seconds: number; readonly isDated: boolean } {
    const { ticks, wallTime } = this.#state.board.hardware.clock;
    const isDated = wallTime.trust !== "unset";
    return { seconds: Math.floor((isDated ? wallTime.epochMilliseconds : ticks) / 1000), isDated };
  }

  /** A mark, if it is the first of its power period, and the value. */
  #attemptUndated(boundary: number): void {
    const { expected, intervals } = this.#state.ledger;
    const content = valueContent(boundary, expected.forward, expected.reverse);
    intervals.attempt(content);
    intervals.attempt(content);
  }

  /** The moment at which the date is learned, by both clocks. */
  #attemptDating(epochSeconds: number): void {
    const { expected, intervals } = this.#state.ledger;
    intervals.attempt(valueContent(this.#now.seconds, expected.forward, expected.reverse));
    intervals.attempt(valueContent(epochSeconds, expected.forward, expected.reverse));
  }

  #attempt(boundary: number): void {
    const { expected, intervals, days, months } = this.#state.ledger;
    const midnight = boundary - (boundary % daySeconds);
    intervals.attempt(valueContent(boundary, expected.forward, expected.reverse));
    days.attempt(valueContent(midnight, expected.forward, expected.reverse));
    months.attempt(valueContent(midnight, expected.forward, expected.reverse));
  }

  #append(
    append: Meter["events"]["append"],
    event: EventName,
    detail: number,
    epochSeconds: number,
  ): boolean {
    const { events: known, restarts } = this.#state.ledger;
    known.attempt(eventContent(event, detail, epochSeconds));
    const isStored = append(event, detail, epochSeconds);
    // Entries that a cut let through unseen stand between the last one known and this one.
    if (isStored)
      this.#meter.events.visitFrom(known.lastSequence + 1, (entry) => {
        known.see(eventEntryOf(entry), restarts);
        return true;
      });
    const { isFlashHealthy, isStorm } = this.#state;
    // What was refused has settled nothing: entries that were cut off may show up still.
    if (isStored || !isStorm) known.settle();
    if (isStored || !isFlashHealthy) this.#told.push(`${event} ${detail}`);
    require(isStored || !isFlashHealthy || isStorm, "store-refused", () => `event ${event} was refused`);
    return isStored;
  }
}

function see(log: StoredLog, records: readonly MeterRecord[], restarts: number): void {
  for (const record of records) log.see(valueEntryOf(record), restarts);
  log.settle();
}
