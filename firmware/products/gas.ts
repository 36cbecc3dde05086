import { defineProduct, deviceReadings, meterReadings, reportedReadings } from "./product.js";

/**
 * A residential diaphragm gas meter, G4 (Qmax 6 m3/h), 0.01 m3 a pulse, with an NB-IoT modem. It counts and reports;
 * its safety functions are not there yet, so it never moves its valve by itself: one that shuts under a flame and
 * opens again lets gas out unburnt. The factory does move it, or nobody would know for fifteen years that it can.
 */
export const gas = defineProduct({
  name: "gas",
  meterObject: 3423,
  readings: deviceReadings.concat(meterReadings, "intervalData", "lastContact"),
  reported: reportedReadings.concat("lastContact"),
  intervals: "intervalData",
  duties: ["contact"],
  headEndHost: "headend.example",
  headEndPort: 5683,
  apn: "iot",
  settingGroups: ["metering", "communication", "valve"],
  settings: {
    pulseWeightMillilitres: 10_000,
    debounceMilliseconds: 5,
    // At a G4's starting flow of 5 L/h (EN 1359) one turn takes two hours, and both reeds rest closed for a quarter of
    // it: what passes for a magnet with water would be a small flame here.
    magnetSeconds: 3600,
    // Each pulse is 0.1 kWh, ten times as dear as a litre of water; they come a tenth as often.
    checkpointPulses: 5,
  },
});
