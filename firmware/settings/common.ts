import { type SettingDefinition, SettingId } from "./definition.js";

/** A setting's definition, frozen, so that it stays in flash. */
export function define(
  id: SettingId,
  name: string,
  value: number,
  lowest: number,
  highest: number,
): SettingDefinition {
  return Object.freeze({ id, name, value, lowest, highest });
}

/** The clock of recording and the battery, the same for every medium. */
export const recordingSettings: readonly SettingDefinition[] = Object.freeze([
  define(SettingId.checkpointSeconds, "checkpointSeconds", 3600, 60, 86_400),
  define(SettingId.checkpointMinimumSeconds, "checkpointMinimumSeconds", 10, 10, 3600),
  Object.freeze({
    ...define(SettingId.intervalSeconds, "intervalSeconds", 3600, 900, 3600),
    divisorOf: 86_400,
  }),
  define(SettingId.billingDay, "billingDay", 1, 1, 28),
  define(SettingId.batteryLowMillivolts, "batteryLowMillivolts", 3300, 2500, 3600),
  define(SettingId.eraseAheadMillivolts, "eraseAheadMillivolts", 2900, 2500, 3600),
]);

/** Contacts with the head-end over NB-IoT. */
export const communicationSettings: readonly SettingDefinition[] = Object.freeze([
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
]);

/** A motor-driven ball valve. */
export const valveSettings: readonly SettingDefinition[] = Object.freeze([
  define(SettingId.valveExerciseDays, "valveExerciseDays", 30, 1, 365),
  define(SettingId.valveTravelTimeoutSeconds, "valveTravelTimeoutSeconds", 10, 1, 60),
  define(SettingId.valveStallMilliamperes, "valveStallMilliamperes", 120, 10, 2000),
  define(SettingId.valveExerciseMilliseconds, "valveExerciseMilliseconds", 3000, 200, 30_000),
]);
