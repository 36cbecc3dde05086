import { epochSecondsOf, isDated, isStartRecord } from "../register/meter-record.js";
import { sequenceOf } from "../rings/record.js";

/** Shows what is stored behind a sequence number, oldest first, until `visit` returns false. */
export type VisitFrom = (first: number, visit: (bytes: Uint8Array) => boolean) => void;

/**
 * Dates what was taken while the meter knew no date. Such values stand in the log by the seconds since power came. Before
 * the first of a power period stands a mark, a record of cause `start`; and the moment at which the meter learned the date
 * stands there by both clocks, a value and behind it a mark that is dated. A power period that ended before that has no
 * date, and its values are not shown: nobody knows for how long the meter was without power behind them.
 */
export class Dating {
  /** True when the power period that has no date yet is the present one. */
  #isPresentUndated: boolean;
  /** True while the values of one power period without a date are shown. */
  #isUndated = false;
  /** From the clock of that power period to UTC; undefined for none that is known. */
  #offsetSeconds: number | undefined;
  /** Number of the record from which on that was found. */
  #foundSequence = 0;

  constructor(isPresentUndated: boolean) {
    this.#isPresentUndated = isPresentUndated;
  }

  /** True when `find` has to look what follows the record before `secondsOf` is asked. */
  isOpen(bytes: Uint8Array): boolean {
    const begins = !this.#isUndated || isStartRecord(bytes);
    return begins && !isDated(bytes) && sequenceOf(bytes) !== this.#foundSequence;
  }

  /** Looks for the end of the power period that the record of that number belongs to. */
  find(sequence: number, visitFrom: VisitFrom): void {
    let lastSeconds: number | undefined;
    let offset = this.#isPresentUndated ? 0 : undefined;
    visitFrom(sequence, (bytes) => {
      const isMark = isStartRecord(bytes);
      if (!isDated(bytes) && (!isMark || lastSeconds === undefined)) {
        lastSeconds = epochSecondsOf(bytes);
        return true;
      }
      const isDate = isMark && isDated(bytes) && lastSeconds !== undefined;
      offset = isDate ? epochSecondsOf(bytes) - (lastSeconds as number) : undefined;
      return false;
    });
    this.#foundSequence = sequence;
    this.#offsetSeconds = offset;
  }

  /**
   * When a record was taken, for each in its turn: UTC epoch seconds, or seconds since power came while the meter knows
   * no date. Undefined for one that is not to be shown.
   */
  secondsOf(bytes: Uint8Array): number | undefined {
    const isMark = isStartRecord(bytes);
    if (isDated(bytes)) {
      // The moment at which the date was learned has been shown, by the other clock.
      const isRepeat = isMark && this.#isUndated && this.#offsetSeconds !== undefined;
      this.#isUndated = false;
      return isRepeat ? undefined : epochSecondsOf(bytes);
    }
    this.#isUndated = true;
    if (isMark || this.#offsetSeconds === undefined) return undefined;
    return epochSecondsOf(bytes) + this.#offsetSeconds;
  }
}
