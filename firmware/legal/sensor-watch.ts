import { modularDifference } from "../../hal/base/modular-difference.js";
import type { Clock } from "../../hal/clock.js";
import type { Power } from "../../hal/power.js";
import type { PulseFaults } from "../../drivers/pulse-counter/pulse-counter.js";
import type { LegalEvent, LegalEvents } from "./legal-events.js";
import type { EraseSupply } from "./rings/log-storage.js";
import type { MeteringMemory } from "./retained/metering-memory.js";

/** The battery counts as good again when its voltage is so much above the warning level. */
const batteryHysteresisMillivolts = 100;

/** What is looked at beside the pulses. */
export interface WatchedSupply {
  readonly power: Pick<Power, "batteryMillivolts">;
  readonly settings: { readonly batteryLowMillivolts: number };
  readonly events: LegalEvents;
  readonly clock: Pick<Clock, "wallTime">;
  readonly storage: Pick<EraseSupply, "hasSlept">;
}

/** True when the supply is below the level at which the battery has to be replaced. */
export function isBatteryLow({ power, settings }: Pick<WatchedSupply, "power" | "settings">): boolean {
  return power.batteryMillivolts < settings.batteryLowMillivolts;
}

/** Notes what has changed about the reeds and the battery in the event log, once for each change. */
export function noteSensorChanges(watched: WatchedSupply, memory: MeteringMemory, faults: PulseFaults): void {
  const { power, settings } = watched;
  // One that came and went between two wakes shows in the count alone.
  if (faults.magnetEvents !== memory.knownMagnetEvents && note(watched, "magnet", 1)) {
    memory.knownMagnetEvents = faults.magnetEvents;
    memory.isMagnetKnown = true;
  }
  if (memory.isMagnetKnown && !faults.magnetPresent && note(watched, "magnet", 0))
    memory.isMagnetKnown = false;
  const sensorFaults = (faults.illegalTransitions + faults.sensorFaults) >>> 0;
  const unknown = modularDifference(sensorFaults, memory.knownSensorFaults);
  if (unknown > 0 && note(watched, "sensor-fault", unknown)) memory.knownSensorFaults = sensorFaults;
  const { batteryMillivolts } = power;
  if (isBatteryLow(watched) && !memory.isBatteryLowKnown && note(watched, "battery-low", batteryMillivolts))
    memory.isBatteryLowKnown = true;
  if (batteryMillivolts >= settings.batteryLowMillivolts + batteryHysteresisMillivolts)
    memory.isBatteryLowKnown = false;
}

/**
 * False when the wake that follows has to tell it once more: a log that is full of what starts have left that were cut off
 * is cleared by the first run that a sleep came before. What that one can't store is lost.
 */
function note({ events, clock, storage }: WatchedSupply, event: LegalEvent, detail: number): boolean {
  const { epochMilliseconds, trust } = clock.wallTime;
  const epochSeconds = trust === "unset" ? 0 : Math.floor(epochMilliseconds / 1000);
  return events.append(event, detail, epochSeconds) || storage.hasSlept;
}
