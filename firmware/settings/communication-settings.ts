import { daySeconds } from "../../hal/base/time-units.js";
import { settingsOfGroup } from "./setting-entry.js";

/** Contacts with the head-end over NB-IoT. */
export const communicationSettings = settingsOfGroup("communication", "service", {
  reportWindowStartSeconds: { id: 30, lowest: 0, highest: 86_399, default: 900 },
  reportWindowSeconds: { id: 31, lowest: 60, highest: daySeconds, default: 18_000 },
  startSpreadSeconds: { id: 32, lowest: 1, highest: daySeconds, default: 60 },
  retrySeconds: { id: 33, lowest: 60, highest: 21_600, default: 900 },
  retriesPerDay: { id: 34, lowest: 0, highest: 24, default: 4 },
  registrationLifetimeSeconds: { id: 35, lowest: 3600, highest: 2_592_000, default: 259_200 },
  commandWindowSeconds: { id: 36, lowest: 0, highest: 120, default: 3 },
  periodicUpdateSeconds: { id: 37, lowest: 3600, highest: 1_116_000, default: 172_800 },
  activeSeconds: { id: 38, lowest: 2, highest: 360, default: 4 },
  acknowledgementSeconds: { id: 39, lowest: 2, highest: 60, default: 12 },
  maximumRetransmissions: { id: 40, lowest: 0, highest: 8, default: 3 },
});
