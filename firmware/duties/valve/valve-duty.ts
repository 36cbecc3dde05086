import { dayMilliseconds } from "../../../hal/base/time-units.js";
import type { ValveConnection } from "../../../hal/hardware.js";
import type { ValveActuator } from "../../../drivers/valve-actuator/valve-actuator.js";
import type { ValveOutcome } from "../../../drivers/valve-actuator/valve-outcome.js";
import type { ExerciseSettings, ValveSettings } from "../../settings/setting-table.js";
import type { Duty, DutyDeclaration, DutyMeter } from "../duty.js";
import { actuatorOptions, journalledMove } from "./journalled-move.js";
import { ValveMemory } from "./valve-memory.js";

/** A move that a reset has cut off is made again after this, four times as long after each further one, up to a day. */
const retryMilliseconds = 600_000;

/** What the policy works on, and asks of the meter. */
export type ValveMeter = Pick<DutyMeter, "metering" | "retained" | "note"> & {
  readonly hardware: Pick<DutyMeter["hardware"], "clock">;
};

/**
 * Decides when the valve moves: it is opened when the meter is commissioned, and moved part of its way and
 * back every month, for a ball that never moves scales up until it can't. Every move is journalled before and
 * after, and only the limit switches say how it ended.
 */
export class ValveDuty implements Duty {
  #connection: ValveConnection;
  #settings: ValveSettings;
  #exercise: ExerciseSettings;
  #meter: ValveMeter;
  #memory: ValveMemory;

  constructor(
    connection: ValveConnection,
    settings: ValveSettings,
    exercise: ExerciseSettings,
    meter: ValveMeter,
  ) {
    this.#connection = connection;
    this.#settings = settings;
    this.#exercise = exercise;
    this.#meter = meter;
    this.#memory = new ValveMemory(meter.retained);
  }

  get isDue(): boolean {
    return this.#meter.hardware.clock.ticks >= this.nextTicks;
  }

  /** Ticks of the next move. */
  get nextTicks(): number {
    const { metering } = this.#meter;
    const { ticks, attempts } = this.#memory;
    if (ticks === 0) return 0;
    if (metering.valve !== "moving") return ticks + this.#exercise.valveExerciseDays * dayMilliseconds;
    return ticks + Math.min(dayMilliseconds, retryMilliseconds * 4 ** (attempts - 1));
  }

  /** Makes the move that is due. A valve that fails is reported and tried again when the next move is due. */
  async run(): Promise<void> {
    const memory = this.#memory;
    const { metering, retained, hardware } = this.#meter;
    const { clock } = hardware;
    const isExercise = memory.ticks !== 0 && metering.valve !== "moving";
    memory.ticks = Math.max(1, clock.ticks);
    memory.attempts = Math.min(255, memory.attempts + 1);
    retained.save();
    const options = { ...actuatorOptions(this.#settings), connection: this.#connection, clock };
    await journalledMove(this.#meter, options, async (valve) => {
      try {
        return isExercise ? await this.exercise(valve) : await valve.open();
      } finally {
        // It came to its end, whatever that was; kept with the record that follows.
        memory.attempts = 0;
      }
    });
  }

  private async exercise(valve: ValveActuator): Promise<ValveOutcome> {
    const strokeMilliseconds = this.#settings.valveTravelTimeoutSeconds * 1000;
    const { valveExerciseMilliseconds } = this.#exercise;
    const outcome = await valve.move("close", Math.min(valveExerciseMilliseconds, strokeMilliseconds));
    const back = await valve.open();
    return outcome.ok ? back : outcome;
  }
}

export const valveDuty: DutyDeclaration = Object.freeze({
  name: "valve",
  followsVisit: false,
  create: (meter: DutyMeter) => {
    const { valve, exercise } = meter.settings;
    const connection = meter.hardware.valve;
    return connection && valve && exercise && new ValveDuty(connection, valve, exercise, meter);
  },
});
