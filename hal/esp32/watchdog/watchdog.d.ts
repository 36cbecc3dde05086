import type { Watchdog } from "../../watchdog.js";

/** ESP-IDF's task watchdog with a user of its own, so that the event loop's turns alone do not feed it. */
export class ChipWatchdog implements Watchdog {
  feed(timeoutSeconds: number): void;
}
