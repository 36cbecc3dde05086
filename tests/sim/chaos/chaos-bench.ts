import { allFaults, defaultChaosOptions, type FaultSelection } from "../../../sim/chaos/chaos-options.js";
import { type ChaosResult, ChaosRun, type ChaosRunOptions } from "../../../sim/chaos/chaos-run.js";
import { NodeEngine } from "../../../sim/engines/node/node-engine.js";

/** One meter on Node, among all faults unless told otherwise. */
export function chaosRun(
  seed: number,
  days: number,
  selection: FaultSelection = allFaults,
  tamper?: ChaosRunOptions["tamper"],
  options = defaultChaosOptions,
): ChaosRun {
  return new ChaosRun({
    seed,
    days,
    selection,
    options,
    engine: (call) => new NodeEngine(call),
    ...(tamper && { tamper }),
  });
}

/** How many faults struck, of all kinds. */
export function struck({ faults }: ChaosResult): number {
  return [...faults.values()].reduce((sum, count) => sum + count, 0);
}
