import { daySeconds } from "../../hal/base/time-units.js";

/**
 * The dates that a meter can be told. Its modem gives years in two digits, and local time: 70 is 1970 again
 * (3GPP TS 27.007, 8.15), and before 2010 the modem has not been set yet (`drivers/nb-iot/at/network-time.ts`). So a run
 * begins a day after the beginning of that range, for the zones, and ends three before its end, for the closing report.
 */
export const earliestEpochSeconds = Date.UTC(2010, 0, 1) / 1000 + daySeconds;
export const latestEpochSeconds = Date.UTC(2070, 0, 1) / 1000 - 4 * daySeconds;

export function isInClockRange(epochSeconds: number): boolean {
  return epochSeconds >= earliestEpochSeconds && epochSeconds <= latestEpochSeconds;
}
