import { type Product, SettingId } from "./definition.js";

/** A residential water meter, Q3 2.5 m3/h, 1 L a pulse, with an NB-IoT modem and a shut-off valve. */
export const water: Product = Object.freeze({
  name: "water",
  meterObject: 3424,
  headEndHost: "headend.example",
  headEndPort: 5683,
  apn: "iot",
  settings: Object.freeze([
    define(SettingId.pulseWeightMillilitres, "pulseWeightMillilitres", 1000, 1, 1_000_000),
    define(SettingId.debounceMilliseconds, "debounceMilliseconds", 5, 1, 50),
    define(SettingId.magnetSeconds, "magnetSeconds", 15, 1, 3600),
    define(SettingId.checkpointPulses, "checkpointPulses", 10, 1, 10_000),
    define(SettingId.checkpointSeconds, "checkpointSeconds", 3600, 60, 86_400),
    define(SettingId.checkpointMinimumSeconds, "checkpointMinimumSeconds", 10, 10, 3600),
    Object.freeze({
      ...define(SettingId.intervalSeconds, "intervalSeconds", 3600, 900, 3600),
      divisorOf: 86_400,
    }),
    define(SettingId.billingDay, "billingDay", 1, 1, 28),
    define(SettingId.batteryLowMillivolts, "batteryLowMillivolts", 3300, 2500, 3600),
    define(SettingId.eraseAheadMillivolts, "eraseAheadMillivolts", 2900, 2500, 3600),
    define(SettingId.reportWindowStartSeconds, "reportWindowStartSeconds", 900, 0, 86_399),
    define(SettingId.reportWindowSeconds, "reportWindowSeconds", 18_000, 60, 86_400),
    define(SettingId.startSpreadSeconds, "startSpreadSeconds", 60, 1, 86_400),
    define(SettingId.retrySeconds, "retrySeconds", 900, 60, 21_600),
    define(SettingId.retriesPerDay, "retriesPerDay", 4, 0, 24),
    define(SettingId.registrationLifetimeSeconds, "registrationLifetimeSeconds", 259_200, 3600, 2_592_000),
    define(SettingId.commandWindowSeconds, "commandWindowSeconds", 3, 0, 120),
    define(SettingId.periodicUpdateSeconds, "periodicUpdateSeconds", 172_800, 3600, 1_116_000),
    define(SettingId.activeSeconds, "activeSeconds", 4, 2, 360),
    define(SettingId.acknowledgementSeconds, "acknowledgementSeconds", 12, 2, 60),
    define(SettingId.maximumRetransmissions, "maximumRetransmissions", 3, 0, 8),
    define(SettingId.valveExerciseDays, "valveExerciseDays", 30, 1, 365),
    define(SettingId.valveTravelTimeoutSeconds, "valveTravelTimeoutSeconds", 10, 1, 60),
    define(SettingId.valveStallMilliamperes, "valveStallMilliamperes", 120, 10, 2000),
    define(SettingId.valveExerciseMilliseconds, "valveExerciseMilliseconds", 3000, 200, 30_000),
  ]),
});

function define(id: SettingId, name: string, value: number, lowest: number, highest: number) {
  return Object.freeze({ id, name, value, lowest, highest });
}
