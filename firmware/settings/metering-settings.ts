import { daySeconds } from "../../hal/base/time-units.js";
import { settingsOfGroup } from "./setting-entry.js";

/** How the meter counts, records and looks after its battery. */
export const meteringSettings = Object.freeze({
  ...settingsOfGroup("metering", "calibration", {
    pulseWeightMillilitres: { id: 1, lowest: 1, highest: 1_000_000 },
    debounceMilliseconds: { id: 2, lowest: 1, highest: 50 },
    magnetSeconds: { id: 3, lowest: 1, highest: 3600 },
  }),
  ...settingsOfGroup("metering", "unlocked", {
    checkpointPulses: { id: 10, lowest: 1, highest: 10_000 },
    checkpointSeconds: { id: 11, lowest: 60, highest: daySeconds, default: 3600 },
    checkpointMinimumSeconds: { id: 12, lowest: 10, highest: 3600, default: 10 },
  }),
  ...settingsOfGroup("metering", "service", {
    intervalSeconds: { id: 13, lowest: 900, highest: 3600, divisorOf: daySeconds, default: 3600 },
    billingDay: { id: 14, lowest: 1, highest: 28, default: 1 },
    batteryLowMillivolts: { id: 20, lowest: 2500, highest: 3600, default: 3300 },
    eraseAheadMillivolts: { id: 21, lowest: 2500, highest: 3600, default: 2900 },
  }),
});
