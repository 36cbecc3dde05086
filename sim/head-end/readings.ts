import type { HeadEndFaultKind } from "./fault.js";
import type { BasedBlock, ReportedIndexes, ReportContent } from "./report.js";
import type { SenmlValue } from "./senml.js";

/** One interval's consumption in pulses, and the register at its end. */
export interface Interval {
  readonly startEpochSeconds: number;
  readonly forward: number;
  /** 0 when the meter reports forward flow only. */
  readonly reverse: number;
  readonly forwardIndex: number;
  /** Undefined when the meter reports forward flow only. */
  readonly reverseIndex: number | undefined;
  /** True when its date follows from when it was told, `arrivalToleranceSeconds` from the truth at most. */
  readonly isDatedByArrival: boolean;
}

export interface LatestIndex {
  readonly forwardPulses: number;
  readonly reversePulses: number;
  readonly epochSeconds: number;
}

export interface ReadingsOptions {
  readonly endpoint: string;
  readonly expectedPeriodSeconds: number;
  /** `dates` are those of the readings concerned, in epoch seconds. */
  readonly onFault: (kind: HeadEndFaultKind, text: string, dates: readonly number[]) => void;
}

const longestPeriodSeconds = 3600;
/** How much later than it was made a report may arrive: a confirmable message is sent anew for so long (RFC 7252, 4.8.2). */
export const arrivalToleranceSeconds = 320;
/** How far a meter's clock may run ahead of the head-end's before its readings are dated in the future. */
const clockToleranceSeconds = 60;
/**
 * A report's own moment is given to the second, so it has no certain order with anything closer. The boundaries
 * of intervals are exact.
 */
const timeResolutionSeconds = 1;

/** The register at one moment. */
interface Point {
  readonly epochSeconds: number;
  readonly index: ReportedIndexes;
  /** The start or end of an interval, as opposed to the moment of a report. */
  readonly isBoundary: boolean;
}

/** The readings of one device: the head-end's database, which outlives its restarts. */
export class Readings {
  readonly endpoint: string;
  /** By the end of the interval, epoch seconds. No two of them overlap. */
  readonly intervals = new Map<number, Interval>();
  /** The newest value of each resource, by path. */
  readonly resources = new Map<string, { readonly value: SenmlValue; readonly time: number }>();
  /** The newest index that a report gave for its own moment. */
  latest: LatestIndex | undefined;
  /** Reports accepted. */
  reports = 0;
  /** Intervals that came again with the same values and were dropped. */
  repeats = 0;
  /** Intervals that cover part of another one's time on another boundary; they are left out. */
  duplicateIntervals = 0;
  #options: ReadingsOptions;
  /** The keys of `intervals`, ascending. */
  #ends: number[] = [];

  constructor(options: ReadingsOptions) {
    this.endpoint = options.endpoint;
    this.#options = options;
  }

  /** Takes in a report; what contradicts itself or earlier reports is a fault, and the earlier value stays. */
  store(report: ReportContent, nowEpochSeconds: number): void {
    this.reports++;
    for (const block of report.blocks) this.#storeBlock(block, nowEpochSeconds);
    if (report.now) this.#storeIndex(report.now.epochSeconds, report.now.index, nowEpochSeconds);
    for (const { path, value, epochSeconds: time } of report.records) {
      const known = this.resources.get(path);
      if (!known || known.time <= time) this.resources.set(path, { value, time });
    }
  }

  /**
   * Whole periods, aligned to the expected period, that lie within the window and are not covered by intervals.
   */
  missingIntervals(fromEpochSeconds: number, toEpochSeconds: number): number {
    const period = this.#options.expectedPeriodSeconds;
    let missing = 0;
    let start = Math.ceil(fromEpochSeconds / period) * period;
    for (; start + period <= toEpochSeconds; start += period) {
      if (!this.#isCovered(start, start + period)) missing++;
    }
    return missing;
  }

  #isCovered(startEpochSeconds: number, endEpochSeconds: number): boolean {
    let covered = startEpochSeconds;
    for (let position = this.#firstEndAfter(covered); covered < endEpochSeconds; position++) {
      const end = this.#ends[position];
      const interval = end === undefined ? undefined : this.intervals.get(end);
      if (end === undefined || !interval || interval.startEpochSeconds > covered) return false;
      covered = end;
    }
    return true;
  }

  #storeBlock(block: BasedBlock, nowEpochSeconds: number): void {
    const { periodSeconds, base, deltas, isDatedByArrival } = block;
    if (!isDatedByArrival) this.#alignArrivals(block);
    const startEpochSeconds = isDatedByArrival ? this.#placeOf(block) : block.startEpochSeconds;
    const end = startEpochSeconds + deltas.length * periodSeconds;
    // The setting may have been another one when they were taken, but none is longer than an hour.
    if (periodSeconds > longestPeriodSeconds)
      this.#fault("protocol", `intervals of ${periodSeconds} s, more than ${longestPeriodSeconds} s`, [end]);
    if (end > nowEpochSeconds + clockToleranceSeconds) {
      const it = dateText(nowEpochSeconds);
      this.#fault("future-date", `interval in the future: ends ${dateText(end)}, it is ${it}`, [end]);
    }
    let { forward, reverse } = base;
    const intervals = deltas.map((delta, position): Interval => {
      forward += delta.forward;
      reverse = delta.reverse === undefined ? undefined : (reverse ?? 0) + delta.reverse;
      return {
        startEpochSeconds: startEpochSeconds + position * periodSeconds,
        forward: delta.forward,
        reverse: delta.reverse ?? 0,
        forwardIndex: forward,
        reverseIndex: reverse,
        isDatedByArrival,
      };
    });
    this.#checkOrder({ epochSeconds: startEpochSeconds, index: base, isBoundary: true });
    this.#checkOrder({ epochSeconds: end, index: { forward, reverse }, isBoundary: true });
    for (const interval of intervals)
      this.#storeInterval(interval, interval.startEpochSeconds + periodSeconds);
  }

  /**
   * Where intervals begin that are dated by their arrival: where those end, or began, that they follow or repeat. The
   * register at that moment tells which they are.
   */
  #placeOf({ startEpochSeconds, base }: BasedBlock): number {
    const from = this.#firstEndAfter(startEpochSeconds - arrivalToleranceSeconds - 1);
    for (let position = from; position < this.#ends.length; position++) {
      const end = this.#ends[position] as number;
      const interval = this.intervals.get(end) as Interval;
      const { startEpochSeconds: start, forwardIndex, forward } = interval;
      if (start > startEpochSeconds + arrivalToleranceSeconds) break;
      const isNear = (seconds: number): boolean =>
        Math.abs(seconds - startEpochSeconds) <= arrivalToleranceSeconds;
      if (isNear(start) && forwardIndex - forward === base.forward) return start;
      if (isNear(end) && forwardIndex === base.forward) return end;
    }
    return startEpochSeconds;
  }

  /**
   * Intervals that were dated by their arrival, and that those of a meter which knows the date follow or repeat, are moved
   * to where those begin; so is what hangs together with them, for the meter's own time has dated all of it alike.
   */
  #alignArrivals(block: BasedBlock): void {
    const place = this.#placeOf(block);
    const shift = block.startEpochSeconds - place;
    const ends = shift === 0 ? [] : this.#arrivalsAround(place);
    const moved = ends.map((end) => [end, this.intervals.get(end) as Interval] as const);
    for (const end of ends) this.intervals.delete(end);
    for (const [end, interval] of moved)
      this.intervals.set(end + shift, {
        ...interval,
        startEpochSeconds: interval.startEpochSeconds + shift,
      });
    if (ends.length > 0) this.#ends = [...this.intervals.keys()].sort((one, other) => one - other);
  }

  /** Ends of the intervals dated by arrival that meet at a moment, and of those that hang together with them. */
  #arrivalsAround(moment: number): number[] {
    const after = this.#firstEndAfter(moment);
    const found: number[] = [];
    for (let position = after - 1, start = moment; position >= 0; position--) {
      const end = this.#ends[position] as number;
      const interval = this.intervals.get(end) as Interval;
      if (end !== start || !interval.isDatedByArrival) break;
      found.push(end);
      start = interval.startEpochSeconds;
    }
    for (let position = after, start = moment; position < this.#ends.length; position++) {
      const end = this.#ends[position] as number;
      const interval = this.intervals.get(end) as Interval;
      if (interval.startEpochSeconds !== start || !interval.isDatedByArrival) break;
      found.push(end);
      start = end;
    }
    return found.sort((one, other) => one - other);
  }

  #storeInterval(interval: Interval, end: number): void {
    const known = this.intervals.get(end);
    if (known && known.startEpochSeconds === interval.startEpochSeconds) {
      this.#compareRepeat(known, interval, end);
      return;
    }
    const position = this.#firstEndAfter(interval.startEpochSeconds);
    const neighbourEnd = this.#ends[position];
    const neighbour = neighbourEnd === undefined ? undefined : this.intervals.get(neighbourEnd);
    if (neighbourEnd !== undefined && neighbour && neighbour.startEpochSeconds < end) {
      this.duplicateIntervals++;
      const stored = `${dateText(neighbour.startEpochSeconds)} to ${dateText(neighbourEnd)}`;
      const given = `${dateText(interval.startEpochSeconds)} to ${dateText(end)}`;
      this.#fault("overlap", `duplicateInterval: ${given} overlaps ${stored}`, [end, neighbourEnd]);
      return;
    }
    this.#ends.splice(position, 0, end);
    this.intervals.set(end, interval);
  }

  #compareRepeat(known: Interval, repeat: Interval, end: number): void {
    if (known.forward !== repeat.forward || known.reverse !== repeat.reverse) {
      const text = `interval ending ${dateText(end)} was ${deltaText(known)}, now ${deltaText(repeat)}`;
      this.#fault("altered-repeat", text, [end]);
      return;
    }
    this.repeats++;
    this.#compare(endOf(known, end), endOf(repeat, end));
  }

  #storeIndex(epochSeconds: number, index: ReportedIndexes, nowEpochSeconds: number): void {
    if (epochSeconds > nowEpochSeconds + clockToleranceSeconds) {
      const it = dateText(nowEpochSeconds);
      this.#fault("future-date", `report in the future: ${dateText(epochSeconds)}, it is ${it}`, [
        epochSeconds,
      ]);
    }
    // Whatever a meter with a fast clock says, it has not read its register after its report arrived.
    const readEpochSeconds = Math.min(epochSeconds, Math.ceil(nowEpochSeconds));
    this.#checkOrder({ epochSeconds: readEpochSeconds, index, isBoundary: false });
    // The network may deliver an older report late.
    if (this.latest && this.latest.epochSeconds > readEpochSeconds) return;
    this.latest = {
      forwardPulses: index.forward,
      reversePulses: index.reverse ?? this.latest?.reversePulses ?? 0,
      epochSeconds: readEpochSeconds,
    };
  }

  /** Compares an index with what is known before and after its time: a register never decreases. */
  #checkOrder(point: Point): void {
    const after = this.#firstEndAfter(point.epochSeconds);
    const previousEnd = this.#ends[after - 1];
    const previous = previousEnd === undefined ? undefined : this.intervals.get(previousEnd);
    if (previousEnd !== undefined && previous) this.#compare(endOf(previous, previousEnd), point);
    const nextEnd = this.#ends[after];
    const next = nextEnd === undefined ? undefined : this.intervals.get(nextEnd);
    if (next && next.startEpochSeconds >= point.epochSeconds) this.#compare(point, startOf(next));
    if (!this.latest) return;
    const { epochSeconds, forwardPulses: forward, reversePulses: reverse } = this.latest;
    const latest = { epochSeconds, index: { forward, reverse }, isBoundary: false };
    if (epochSeconds <= point.epochSeconds) this.#compare(latest, point);
    else this.#compare(point, latest);
  }

  #compare(earlier: Point, later: Point): void {
    const apartSeconds = later.epochSeconds - earlier.epochSeconds;
    const areBoundaries = earlier.isBoundary && later.isBoundary;
    if (!areBoundaries && apartSeconds < timeResolutionSeconds) return;
    const dates = [earlier.epochSeconds, later.epochSeconds];
    for (const register of ["forward", "reverse"] as const) {
      const before = earlier.index[register];
      const after = later.index[register];
      if (before === undefined || after === undefined) continue;
      const [from, to] = [dateText(earlier.epochSeconds), dateText(later.epochSeconds)];
      if (apartSeconds === 0 && before !== after)
        this.#fault("order", `${register} index at ${to} is both ${before} and ${after}`, dates);
      else if (after < before)
        this.#fault(
          "order",
          `${register} index decreases from ${before} at ${from} to ${after} at ${to}`,
          dates,
        );
    }
  }

  /** Position of the first interval that ends after the given time. */
  #firstEndAfter(epochSeconds: number): number {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] as number) > epochSeconds) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #fault(kind: HeadEndFaultKind, text: string, dates: readonly number[]): void {
    this.#options.onFault(kind, text, dates);
  }
}

function startOf(interval: Interval): Point {
  const { startEpochSeconds: epochSeconds, forward, reverse, forwardIndex, reverseIndex } = interval;
  const reverseAtStart = reverseIndex === undefined ? undefined : reverseIndex - reverse;
  return {
    epochSeconds,
    index: { forward: forwardIndex - forward, reverse: reverseAtStart },
    isBoundary: true,
  };
}

function endOf({ forwardIndex, reverseIndex }: Interval, epochSeconds: number): Point {
  return { epochSeconds, index: { forward: forwardIndex, reverse: reverseIndex }, isBoundary: true };
}

function deltaText({ forward, reverse }: Interval): string {
  return reverse === 0 ? `${forward}` : `${forward} (reverse ${reverse})`;
}

/** Date and time in UTC, or the bare number when it is beyond the calendar. */
function dateText(epochSeconds: number): string {
  const date = new Date(epochSeconds * 1000);
  return Number.isNaN(date.getTime()) ? `${epochSeconds} s` : date.toISOString();
}
