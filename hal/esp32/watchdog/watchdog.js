class TaskWatchdog {
  static feed(timeoutSeconds) {
    native("xs_tally_watchdog_feed").call(this, timeoutSeconds);
  }
}

export class ChipWatchdog {
  feed(timeoutSeconds) {
    if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > 3600)
      throw new RangeError("timeoutSeconds must be an integer from 1 to 3600");
    TaskWatchdog.feed(timeoutSeconds);
  }
}
