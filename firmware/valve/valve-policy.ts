import type { Clock } from "../../hal/clock.js";
import type { ValveConnection } from "../../hal/hardware.js";
import { ValveActuator } from "../../drivers/valve-actuator/valve-actuator.js";
import type { ValveOutcome } from "../../drivers/valve-actuator/valve-outcome.js";
import type { EventName } from "../events/event-names.js";
import type { Metering } from "../metering/metering.js";
import type { ValveSettings } from "../settings/settings.js";
import type { RetainedState } from "../storage/retained-state.js";

const dayMilliseconds = 86_400_000;
/** The motor's start-up current is over after this long. */
const inrushMilliseconds = 150;
const samplePeriodMilliseconds = 50;

export interface ValvePolicyOptions {
  readonly connection: ValveConnection;
  readonly clock: Clock;
  readonly metering: Metering;
  readonly retained: RetainedState;
  readonly settings: ValveSettings;
  /** Writes an entry into the event log. */
  readonly note: (event: EventName, detail: number) => void;
}

/**
 * Decides when the valve moves: it is opened when the meter is commissioned, and moved part of its way and
 * back every month, for a ball that never moves scales up until it can't. Every move is journalled before and
 * after, and only the limit switches say how it ended.
 */
export class ValvePolicy {
  #options: ValvePolicyOptions;

  constructor(options: ValvePolicyOptions) {
    this.#options = options;
  }

  get isDue(): boolean {
    return this.#options.clock.ticks >= this.nextTicks;
  }

  /** Ticks of the next move. */
  get nextTicks(): number {
    const { retained, settings } = this.#options;
    return retained.valveTicks === 0 ? 0 : retained.valveTicks + settings.exerciseDays * dayMilliseconds;
  }

  /** Makes the move that is due. A valve that fails is reported and tried again when the next move is due. */
  async run(): Promise<void> {
    const { connection, clock, metering, retained, settings, note } = this.#options;
    const isFirst = retained.valveTicks === 0;
    retained.valveTicks = Math.max(1, clock.ticks);
    retained.save();
    const valve = new ValveActuator({
      connection,
      clock,
      travelTimeoutSeconds: settings.travelTimeoutSeconds,
      stallMilliamperes: settings.stallMilliamperes,
      inrushMilliseconds,
      samplePeriodMilliseconds,
    });
    try {
      metering.valve = "moving";
      metering.checkpoint("before-valve");
      const outcome = isFirst ? await valve.open() : await this.#exercise(valve);
      metering.valve = outcome.ok && valve.position === "open" ? "open" : "failed";
      metering.checkpoint("after-valve");
      if (metering.valve === "open") note("valve-moved", 1);
      else note("valve-failed", 0);
    } finally {
      valve.release();
    }
  }

  async #exercise(valve: ValveActuator): Promise<ValveOutcome> {
    const outcome = await valve.move("close", this.#options.settings.exerciseMilliseconds);
    const back = await valve.open();
    return outcome.ok ? back : outcome;
  }
}
