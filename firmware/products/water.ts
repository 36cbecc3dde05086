import { communicationSettings, define, recordingSettings, valveSettings } from "../settings/common.js";
import { type Product, SettingId } from "../settings/definition.js";

/** A residential water meter, Q3 2.5 m3/h, 1 L a pulse, with an NB-IoT modem and a shut-off valve. */
export const water: Product = Object.freeze({
  name: "water",
  meterObject: 3424,
  movesValve: true,
  duties: Object.freeze(["valve", "contact"]),
  headEndHost: "headend.example",
  headEndPort: 5683,
  apn: "iot",
  settings: Object.freeze([
    define(SettingId.pulseWeightMillilitres, "pulseWeightMillilitres", 1000, 1, 1_000_000),
    define(SettingId.debounceMilliseconds, "debounceMilliseconds", 5, 1, 50),
    define(SettingId.magnetSeconds, "magnetSeconds", 15, 1, 3600),
    define(SettingId.checkpointPulses, "checkpointPulses", 10, 1, 10_000),
    ...recordingSettings,
    ...communicationSettings,
    ...valveSettings,
  ]),
});
