import type { Clock } from "../../../hal/clock.js";
import type { ValveConnection } from "../../../hal/hardware.js";
import { ValveActuator, type ValveActuatorOptions } from "../../../drivers/valve-actuator/valve-actuator.js";
import type { ValveOutcome } from "../../../drivers/valve-actuator/valve-outcome.js";
import type { EventName } from "../../events/event-names.js";
import type { Metering } from "../../legal/metering.js";
import type { ValveSettings } from "../../settings/settings.js";
import type { RetainedState } from "../../storage/retained-state.js";

const dayMilliseconds = 86_400_000;
/** A move that a reset has cut off is made again after this, four times as long after each further one, up to a day. */
const retryMilliseconds = 600_000;

/** The motor's start-up current is over after this long. */
const inrushMilliseconds = 150;
const samplePeriodMilliseconds = 50;

/** How the settings have the valve's driver work. */
export function actuatorOptions({
  travelTimeoutSeconds,
  stallMilliamperes,
}: ValveSettings): Omit<ValveActuatorOptions, "connection" | "clock"> {
  return { travelTimeoutSeconds, stallMilliamperes, inrushMilliseconds, samplePeriodMilliseconds };
}

/** What the policy works on, and asks of the meter. */
export interface ValveMeter {
  readonly hardware: { readonly clock: Clock };
  readonly metering: Metering;
  readonly retained: RetainedState;
  readonly settings: { readonly valve: ValveSettings };
  /** Writes an entry into the event log; false when the flash refuses. */
  note(event: EventName, detail: number): boolean;
}

/**
 * Decides when the valve moves: it is opened when the meter is commissioned, and moved part of its way and
 * back every month, for a ball that never moves scales up until it can't. Every move is journalled before and
 * after, and only the limit switches say how it ended.
 */
export class ValvePolicy {
  #connection: ValveConnection;
  #meter: ValveMeter;

  constructor(connection: ValveConnection, meter: ValveMeter) {
    this.#connection = connection;
    this.#meter = meter;
  }

  get isDue(): boolean {
    return this.#meter.hardware.clock.ticks >= this.nextTicks;
  }

  /** Ticks of the next move. */
  get nextTicks(): number {
    const { retained, settings, metering } = this.#meter;
    const { valveTicks } = retained;
    if (valveTicks === 0) return 0;
    if (metering.valve !== "moving") return valveTicks + settings.valve.exerciseDays * dayMilliseconds;
    return valveTicks + Math.min(dayMilliseconds, retryMilliseconds * 4 ** (retained.valveAttempts - 1));
  }

  /** Makes the move that is due. A valve that fails is reported and tried again when the next move is due. */
  async run(): Promise<void> {
    const { metering, retained, settings } = this.#meter;
    const { clock } = this.#meter.hardware;
    const isExercise = retained.valveTicks !== 0 && metering.valve !== "moving";
    retained.valveTicks = Math.max(1, clock.ticks);
    retained.valveAttempts = Math.min(255, retained.valveAttempts + 1);
    retained.save();
    const valve = new ValveActuator({
      ...actuatorOptions(settings.valve),
      connection: this.#connection,
      clock,
    });
    try {
      metering.valve = "moving";
      metering.checkpoint("before-valve");
      const outcome = isExercise ? await this.exercise(valve) : await valve.open();
      metering.valve = outcome.ok && valve.position === "open" ? "open" : "failed";
    } finally {
      if (metering.valve === "moving") metering.valve = "failed";
      retained.valveAttempts = 0;
      metering.checkpoint("after-valve");
      valve.release();
    }
    if (metering.valve === "open") this.#meter.note("valve-moved", 1);
    else this.#meter.note("valve-failed", 0);
  }

  private async exercise(valve: ValveActuator): Promise<ValveOutcome> {
    const { exerciseMilliseconds, travelTimeoutSeconds } = this.#meter.settings.valve;
    const outcome = await valve.move("close", Math.min(exerciseMilliseconds, travelTimeoutSeconds * 1000));
    const back = await valve.open();
    return outcome.ok ? back : outcome;
  }
}
