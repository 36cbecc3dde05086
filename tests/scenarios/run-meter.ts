import { water } from "../../firmware/products/water.js";
import { createHousehold } from "../../sim/world/demand/household.js";
import type { Pulse, PulseSource } from "../../sim/world/demand/pulse-source.js";
import { engineFactories } from "../../sim/engines/engines.js";
import { Random } from "../../sim/kernel/random.js";
import type { RunOptions } from "../../sim/run/run-options.js";
import type { RunResult } from "../../sim/run/run-result.js";
import { Simulation } from "../../sim/run/simulation.js";
import { scenarioEngine } from "./scenario-engine.js";

/** 2026-01-01T00:00:00Z. */
export const newYear2026 = 1_767_225_600;
export const daySeconds = 86_400;

export const engines = engineFactories;

/** A household of four for some days, on Node unless told otherwise. */
export function householdOptions(days: number, seed: number): RunOptions {
  const startEpochSeconds = newYear2026;
  return {
    product: water,
    engine: scenarioEngine,
    seed,
    startEpochSeconds,
    durationSeconds: days * daySeconds,
    pulses: createHousehold({ random: new Random(seed).fork("demand"), startEpochSeconds, persons: 4 }),
  };
}

export function simulate(options: RunOptions): Simulation {
  return new Simulation(options, () => 0);
}

export function run(options: RunOptions): Promise<RunResult> {
  return simulate(options).run();
}

/** Pulses at given seconds of the run; negative directions flow backwards. */
export function pulsesAt(moments: readonly (readonly [seconds: number, direction: 1 | -1])[]): PulseSource {
  let position = 0;
  return {
    startEpochSeconds: undefined,
    durationSeconds: undefined,
    next(): Pulse | undefined {
      const moment = moments[position++];
      return moment && { atMicroseconds: Math.round(moment[0] * 1e6), direction: moment[1] };
    },
  };
}

/** A steady flow from one second of the run to another, forward unless told otherwise. */
export function steadyFlow(
  fromSeconds: number,
  toSeconds: number,
  everySeconds: number,
  direction: 1 | -1 = 1,
): [number, 1 | -1][] {
  const moments: [number, 1 | -1][] = [];
  for (let at = fromSeconds; at < toSeconds; at += everySeconds) moments.push([at, direction]);
  return moments;
}
