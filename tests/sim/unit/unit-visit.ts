import { NodeEngine } from "../../../sim/engines/node/node-engine.js";
import { createXsEngine } from "../../../sim/engines/xs/xs-engine.js";
import { SimulatedUnit, type UnitOptions } from "../../../sim/unit/simulated-unit.js";
import { Terminal } from "./terminal.js";

export const engines = {
  node: (call: ConstructorParameters<typeof NodeEngine>[0]) => new NodeEngine(call),
  xs: (call: ConstructorParameters<typeof NodeEngine>[0]) => createXsEngine(call),
};

/** A unit with its supply on and its port open, for as long as `visit` takes. */
export async function withUnit<Result>(
  options: Partial<UnitOptions>,
  visit: (terminal: Terminal, unit: SimulatedUnit) => Promise<Result>,
): Promise<Result> {
  const unit = await SimulatedUnit.create({ seed: 7, engine: engines.node, ...options });
  try {
    unit.bench.setSupply(true);
    const terminal = new Terminal(unit);
    await terminal.wake();
    return await visit(terminal, unit);
  } finally {
    unit.close();
  }
}
