import { ValveActuator, type ValveActuatorOptions } from "../../../drivers/valve-actuator/valve-actuator.js";
import type { ValveOutcome, ValvePosition } from "../../../drivers/valve-actuator/valve-outcome.js";
import type { EventName } from "../../events/event-names.js";
import type { Metering } from "../../legal/metering.js";
import type { ValveSettings } from "../../settings/setting-table.js";

/** The motor's start-up current is over after this long. */
const inrushMilliseconds = 150;
const samplePeriodMilliseconds = 50;

/** How the settings have the valve's driver work. */
export function actuatorOptions({
  valveTravelTimeoutSeconds: travelTimeoutSeconds,
  valveStallMilliamperes: stallMilliamperes,
}: ValveSettings): Omit<ValveActuatorOptions, "connection" | "clock"> {
  return { travelTimeoutSeconds, stallMilliamperes, inrushMilliseconds, samplePeriodMilliseconds };
}

/** Whose valve it is. */
export interface ValveOwner {
  readonly metering: Metering;
  /** Writes an entry into the event log; false when the flash refuses. */
  note(event: EventName, detail: number): boolean;
}

/**
 * One move of the valve: journalled, carried out, journalled with what the limit switches say, and told in the event log.
 * Whatever ends it, the motor is off, and the journal knows that the valve moved.
 * @param move drives the valve; the actuator is its own for as long as that takes
 */
export async function journalledMove(
  owner: ValveOwner,
  options: ValveActuatorOptions,
  move: (valve: ValveActuator) => Promise<ValveOutcome>,
): Promise<ValveOutcome> {
  const valve = new ValveActuator(options);
  let state: ReturnType<typeof stateAt> = "failed";
  try {
    owner.metering.recordValveStart();
    const outcome = await move(valve);
    if (outcome.ok) state = stateAt(valve.position);
    return outcome;
  } finally {
    owner.metering.recordValveEnd(state);
    valve.release();
    if (state === "failed") owner.note("valve-failed", 0);
    else owner.note("valve-moved", state === "open" ? 1 : 0);
  }
}

function stateAt(position: ValvePosition): "open" | "closed" | "failed" {
  return position === "open" || position === "closed" ? position : "failed";
}
