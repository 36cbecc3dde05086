import type { SettingEntry } from "./setting-entry.js";

/** A motor-driven ball valve: how its motor is driven, and how the meter exercises it by itself. */
export const valveSettings = {
  valveTravelTimeoutSeconds: {
    id: 51,
    group: "valve",
    unit: "s",
    lowest: 1,
    highest: 60,
    default: 10,
    protection: "service",
    description: "longest time that the valve may take from end to end",
  },
  valveStallMilliamperes: {
    id: 52,
    group: "valve",
    unit: "mA",
    lowest: 10,
    highest: 2000,
    default: 120,
    protection: "service",
    description: "motor current at which the valve counts as blocked",
  },
  valveExerciseDays: {
    id: 50,
    group: "exercise",
    unit: "d",
    lowest: 1,
    highest: 365,
    default: 30,
    protection: "service",
    description: "time between two moves that keep the valve from scaling up",
  },
  valveExerciseMilliseconds: {
    id: 53,
    group: "exercise",
    unit: "ms",
    lowest: 200,
    highest: 30_000,
    default: 3000,
    protection: "service",
    description: "how long the motor closes the valve in such a move",
  },
} as const satisfies Readonly<Record<string, SettingEntry>>;
