import { communicationSettings, define, recordingSettings, valveSettings } from "../settings/common.js";
import { type Product, SettingId } from "../settings/definition.js";

/**
 * A residential diaphragm gas meter, G4 (Qmax 6 m3/h), 0.01 m3 a pulse, with an NB-IoT modem. It counts and reports;
 * its safety functions are not there yet, so the valve is left alone.
 */
export const gas: Product = Object.freeze({
  name: "gas",
  meterObject: 3423,
  movesValve: false,
  duties: Object.freeze(["contact"]),
  headEndHost: "headend.example",
  headEndPort: 5683,
  apn: "iot",
  settings: Object.freeze([
    define(SettingId.pulseWeightMillilitres, "pulseWeightMillilitres", 10_000, 1, 1_000_000),
    define(SettingId.debounceMilliseconds, "debounceMilliseconds", 5, 1, 50),
    // At a G4's starting flow of 5 L/h (EN 1359) one turn takes two hours, and both reeds rest closed for a quarter of
    // it: what passes for a magnet with water would be a small flame here.
    define(SettingId.magnetSeconds, "magnetSeconds", 3600, 1, 3600),
    // Each pulse is 0.1 kWh, ten times as dear as a litre of water; they come a tenth as often.
    define(SettingId.checkpointPulses, "checkpointPulses", 5, 1, 10_000),
    ...recordingSettings,
    ...communicationSettings,
    ...valveSettings,
  ]),
});
