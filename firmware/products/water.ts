import { defineProduct, deviceReadings, meterReadings, reportedReadings } from "./product.js";

/** A residential water meter, Q3 2.5 m3/h, 1 L a pulse, with an NB-IoT modem and a shut-off valve. */
export const water = defineProduct({
  name: "water",
  meterObject: 3424,
  readings: deviceReadings.concat(meterReadings, "flowIntervals", "valveOpen", "lastContact"),
  reported: reportedReadings.concat("valveOpen", "lastContact"),
  intervals: "flowIntervals",
  duties: ["valve", "contact"],
  headEndHost: "headend.example",
  headEndPort: 5683,
  apn: "iot",
  settingGroups: ["metering", "communication", "valve", "exercise"],
  settings: {
    pulseWeightMillilitres: 1000,
    debounceMilliseconds: 5,
    magnetSeconds: 15,
    checkpointPulses: 10,
  },
});
