import { type BaselineResult, cutBaselines } from "./baseline-runs.js";
import { runBadBlocks } from "./bad-blocks.js";
import { cutOnce, cutTwice } from "./cut-runs.js";
import type { Shard } from "./shard.js";
import { Findings, type Tally, type Violation, violationOf } from "./findings.js";
import { flipBits } from "./record-flips.js";
import { runStorms } from "./storm-runs.js";
import { runSeeds } from "./seeded-runs.js";
import { type Beginnings, findWorkload } from "./workloads.js";

/** The parts of the proof, in the order in which they run. */
export const partNames = Object.freeze([
  "cuts",
  "nested",
  "seeds",
  "storms",
  "flips",
  "bad-blocks",
  "baselines",
] as const);
export type PartName = (typeof partNames)[number];

/** What a proof goes through; plain data, so that it can be handed to a worker. */
export interface ProofPlan {
  readonly parts: readonly PartName[];
  /** Names of the workloads that are cut once, and of those that are cut twice. */
  readonly once: readonly string[];
  readonly twice: readonly string[];
  readonly seeds: number;
  readonly storms: number;
  /** True to look for one violation only. */
  readonly stopAtFirst: boolean;
}

/** What one worker's share of a part came to. */
export interface PartResult {
  readonly part: PartName;
  readonly tally: Tally;
  readonly told: readonly Violation[];
  /** Programs and erases of the workloads. */
  readonly operations: number;
  readonly baselines: readonly BaselineResult[];
}

export const defaultPlan: ProofPlan = Object.freeze({
  parts: partNames,
  once: ["new", "long"],
  twice: ["short"],
  seeds: 2000,
  storms: 200,
  stopAtFirst: false,
});

export const deepSeeds = 100_000;

/** Runs this shard of one part. `onProgress` is told now and then how many runs are done. */
export async function runPart(
  part: PartName,
  plan: ProofPlan,
  beginnings: Beginnings,
  shard: Shard,
  onProgress: (runs: number) => void,
): Promise<PartResult> {
  const findings = new Findings(plan.stopAtFirst, onProgress);
  // A firmware that breaks a promise before anything was cut breaks it in its uncut life too.
  const live = async (name: string, explore: () => Promise<number>): Promise<number> => {
    try {
      return await explore();
    } catch (error) {
      findings.add(violationOf(`life/${name}`, error));
      return 0;
    }
  };
  const cut = (name: string, explore: typeof cutOnce): Promise<number> =>
    live(name, () => explore(findWorkload(name), beginnings, shard, findings));
  let operations = 0;
  let baselines: readonly BaselineResult[] = [];
  switch (part) {
    case "cuts":
      for (const name of plan.once) operations += await cut(name, cutOnce);
      break;
    case "nested":
      for (const name of plan.twice) operations += await cut(name, cutTwice);
      break;
    case "seeds":
      await runSeeds(plan.seeds, beginnings, shard, findings);
      break;
    case "storms":
      await runStorms(plan.storms, beginnings, shard, findings);
      break;
    case "flips":
      await live("flips", async () => {
        await flipBits(beginnings, shard, findings);
        return 0;
      });
      break;
    case "bad-blocks":
      await runBadBlocks(beginnings, shard, findings);
      break;
    case "baselines":
      baselines = cutBaselines(shard);
  }
  return { part, tally: findings.tally, told: findings.told, operations, baselines };
}
