/** A hardware timer that resets the chip (wake cause `watchdog`) unless it is fed. It stands still in deep sleep. */
export interface Watchdog {
  /**
   * Restarts the countdown.
   * @throws {RangeError} unless `timeoutSeconds` is an integer from 1 to 3600.
   */
  feed(timeoutSeconds: number): void;
}
