/**
 * How far wall time can be believed.
 * - `unset`: nobody has set it since the clock lost power; the date means nothing.
 * - `estimated`: carried over from an earlier setting; may be off by the crystal's drift.
 * - `network`: set from the mobile network or a head-end.
 */
export type TimeTrust = "unset" | "estimated" | "network";

export interface WallTime {
  /** UTC, milliseconds since 1970-01-01T00:00:00Z. */
  readonly epochMilliseconds: number;
  readonly trust: TimeTrust;
}

/** An opaque timer, valid until it fires, is cleared, or the chip sleeps. */
export type TimerHandle = number;

/**
 * The chip's time base. Durations are always differences of `ticks`; wall time only dates things.
 */
export interface Clock {
  /** Milliseconds since the real-time counter got power: monotonic, exact, running on in deep sleep. */
  readonly ticks: number;

  /** Wall time as the real-time counter carries it; `unset` after a loss of power. */
  readonly wallTime: WallTime;

  /**
   * Sets wall time.
   * @throws {RangeError} when `epochMilliseconds` is not a safe integer of at least 0.
   */
  setWallTime(epochMilliseconds: number, trust: TimeTrust): void;

  /**
   * Calls `callback` once, `delayMilliseconds` from now (0 means as soon as the current event has ended).
   * Pending timers do not survive deep sleep.
   * @throws {RangeError} when the delay is negative or not finite.
   */
  setTimer(callback: () => void, delayMilliseconds: number): TimerHandle;

  /** Cancels a timer; one that already fired or was cleared is ignored. */
  clearTimer(handle: TimerHandle): void;
}
