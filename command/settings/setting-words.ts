import type { SettingName } from "../../firmware/settings/setting-table.js";

/** How people are told of a setting: the meter itself has no use for that. */
export interface SettingWords {
  /** As it stands behind a value; empty for a bare number. */
  readonly unit: string;
  /** Without the unit. */
  readonly description: string;
}

export const settingWords: Readonly<Record<SettingName, SettingWords>> = Object.freeze({
  pulseWeightMillilitres: { unit: "mL", description: "volume that one pulse stands for" },
  debounceMilliseconds: {
    unit: "ms",
    description: "time a contact must hold still before its change counts",
  },
  magnetSeconds: { unit: "s", description: "time after which two closed contacts are taken for a magnet" },
  checkpointPulses: { unit: "pulses", description: "pulses after which the register is written down" },
  checkpointSeconds: {
    unit: "s",
    description: "time after which the register is written down at the latest",
  },
  checkpointMinimumSeconds: {
    unit: "s",
    description: "least time before pulses have the register written down again",
  },
  intervalSeconds: { unit: "s", description: "length of an interval value" },
  billingDay: { unit: "", description: "day of the month at whose midnight the monthly value is taken" },
  batteryLowMillivolts: { unit: "mV", description: "supply below which the battery counts as low" },
  eraseAheadMillivolts: { unit: "mV", description: "least supply at which flash is erased ahead of need" },
  reportWindowStartSeconds: { unit: "s", description: "start of the daily reports, from midnight UTC" },
  reportWindowSeconds: { unit: "s", description: "span over which all meters spread their daily reports" },
  startSpreadSeconds: {
    unit: "s",
    description: "span over which meters spread their first contact after power came",
  },
  retrySeconds: { unit: "s", description: "pause before a failed contact is tried again; it doubles" },
  retriesPerDay: { unit: "", description: "failed contacts in a row that are tried again the same day" },
  registrationLifetimeSeconds: { unit: "s", description: "how long the head-end keeps a registration" },
  commandWindowSeconds: { unit: "s", description: "time after a report in which the head-end may ask" },
  periodicUpdateSeconds: {
    unit: "s",
    description: "time between two updates of the modem with its network (T3412)",
  },
  activeSeconds: {
    unit: "s",
    description: "time for which the modem stays reachable before it sleeps (T3324)",
  },
  acknowledgementSeconds: { unit: "s", description: "time before an unanswered message is first sent again" },
  maximumRetransmissions: { unit: "", description: "times that an unanswered message is sent again" },
  valveTravelTimeoutSeconds: {
    unit: "s",
    description: "longest time that the valve may take from end to end",
  },
  valveStallMilliamperes: { unit: "mA", description: "motor current at which the valve counts as blocked" },
  valveExerciseDays: { unit: "d", description: "time between two moves that keep the valve from scaling up" },
  valveExerciseMilliseconds: {
    unit: "ms",
    description: "how long the motor closes the valve in such a move",
  },
});
