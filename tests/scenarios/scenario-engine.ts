import { appendFileSync } from "node:fs";
import type { Engine, EngineFactory } from "../../sim/chip/boundary/engine.js";
import { engineFactories } from "../../sim/engines/engines.js";
import { ProcessEngine, type RunCosts } from "../../sim/engines/process/process-engine.js";

/** Another engine than Node for the scenarios, and a file to add a line to with what each of its engines has cost. */
const { TALLY_SCENARIO_ENGINE: chosen, TALLY_SCENARIO_COSTS: costsPath } = process.env;

/** What scenarios run on unless they say otherwise. */
export const scenarioEngine: EngineFactory = async (call) => {
  const engine = await engineFactories[(chosen ?? "node") as Engine["name"]](call);
  if (costsPath === undefined || !(engine instanceof ProcessEngine)) return engine;
  return recorded(engine, costsPath);
};

function recorded(engine: ProcessEngine, path: string): Engine {
  let worst: RunCosts = engine.costs;
  const note = (): void => {
    const { costs } = engine;
    const names = Object.keys(costs) as (keyof RunCosts)[];
    worst = Object.fromEntries(names.map((name) => [name, Math.max(worst[name], costs[name])])) as never;
  };
  return {
    name: engine.name,
    decodesPulses: engine.decodesPulses,
    wake: (ticks) => {
      engine.wake(ticks);
      note();
    },
    deliver: (event, ticks, a, b) => {
      engine.deliver(event, ticks, a, b);
      note();
    },
    stop: () => {
      engine.stop();
    },
    close: () => {
      engine.close();
      appendFileSync(path, `${JSON.stringify(worst)}\n`);
    },
  };
}
