import { parentPort, workerData } from "node:worker_threads";
import type { Shard } from "./shard.js";
import { type PartName, type PartResult, type ProofPlan, runPart } from "./proof-parts.js";
import { Beginnings } from "./workloads.js";

/** What a worker is started with. */
export interface ProofTask {
  readonly plan: ProofPlan;
  readonly shard: Shard;
}

/** What a worker says. */
export type ProofMessage =
  | { readonly kind: "progress"; readonly part: PartName; readonly runs: number }
  | { readonly kind: "result"; readonly result: PartResult }
  | { readonly kind: "end" };

const { plan, shard } = workerData as ProofTask;
const say = (message: ProofMessage): void => parentPort?.postMessage(message);
const beginnings = new Beginnings();

for (const part of plan.parts) {
  const result = await runPart(part, plan, beginnings, shard, (runs) => {
    say({ kind: "progress", part, runs });
  });
  say({ kind: "result", result });
  if (plan.stopAtFirst && result.tally.violations > 0) break;
}
say({ kind: "end" });
