import { settingsOfGroup } from "./setting-entry.js";

/** A motor-driven ball valve: how its motor is driven, and how the meter exercises it by itself. */
export const valveSettings = Object.freeze({
  ...settingsOfGroup("valve", "service", {
    valveTravelTimeoutSeconds: { id: 51, lowest: 1, highest: 60, default: 10 },
    valveStallMilliamperes: { id: 52, lowest: 10, highest: 2000, default: 120 },
  }),
  ...settingsOfGroup("exercise", "service", {
    valveExerciseDays: { id: 50, lowest: 1, highest: 365, default: 30 },
    valveExerciseMilliseconds: { id: 53, lowest: 200, highest: 30_000, default: 3000 },
  }),
});
