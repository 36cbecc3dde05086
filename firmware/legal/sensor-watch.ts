import { modularDifference } from "../../hal/base/modular-difference.js";
import type { Clock } from "../../hal/clock.js";
import type { Power } from "../../hal/power.js";
import type { PulseFaults } from "../../drivers/pulse-counter/pulse-counter.js";
import type { LegalEvent, LegalEvents } from "./legal-events.js";
import type { MeteringMemory } from "./retained/metering-memory.js";

/** The battery counts as good again when its voltage is so much above the warning level. */
const batteryHysteresisMillivolts = 100;

/** What is looked at beside the pulses. */
export interface WatchedSupply {
  readonly power: Pick<Power, "batteryMillivolts">;
  readonly settings: { readonly batteryLowMillivolts: number };
  readonly events: LegalEvents;
  readonly clock: Pick<Clock, "wallTime">;
}

/** True when the supply is below the level at which the battery has to be replaced. */
export function isBatteryLow({ power, settings }: Pick<WatchedSupply, "power" | "settings">): boolean {
  return power.batteryMillivolts < settings.batteryLowMillivolts;
}

/** Notes what has changed about the reeds and the battery in the event log, once for each change. */
export function noteSensorChanges(watched: WatchedSupply, memory: MeteringMemory, faults: PulseFaults): void {
  const { power, settings } = watched;
  // One that came and went between two wakes shows in the count alone.
  if (faults.magnetEvents !== memory.knownMagnetEvents) {
    memory.knownMagnetEvents = faults.magnetEvents;
    memory.isMagnetKnown = true;
    note(watched, "magnet", 1);
  }
  if (memory.isMagnetKnown && !faults.magnetPresent) {
    memory.isMagnetKnown = false;
    note(watched, "magnet", 0);
  }
  const sensorFaults = (faults.illegalTransitions + faults.sensorFaults) >>> 0;
  const unknown = modularDifference(sensorFaults, memory.knownSensorFaults);
  if (unknown > 0) {
    memory.knownSensorFaults = sensorFaults;
    note(watched, "sensor-fault", unknown);
  }
  const { batteryMillivolts } = power;
  if (isBatteryLow(watched) && !memory.isBatteryLowKnown) {
    memory.isBatteryLowKnown = true;
    note(watched, "battery-low", batteryMillivolts);
  }
  if (batteryMillivolts >= settings.batteryLowMillivolts + batteryHysteresisMillivolts)
    memory.isBatteryLowKnown = false;
}

function note({ events, clock }: WatchedSupply, event: LegalEvent, detail: number): void {
  const { epochMilliseconds, trust } = clock.wallTime;
  events.append(event, detail, trust === "unset" ? 0 : Math.floor(epochMilliseconds / 1000));
}
