import type { Watchdog } from "../../watchdog.js";

/**
 * ESP-IDF's task watchdog with a user of its own, so that the event loop's turns alone do not feed it. It watches from
 * the first `feed` on; before that ESP-IDF's own watches the event loop. A timeout below `CONFIG_ESP_TASK_WDT_TIMEOUT_S`
 * counts as that.
 */
export class ChipWatchdog implements Watchdog {
  feed(timeoutSeconds: number): void;
}
