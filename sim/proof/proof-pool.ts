import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { projectFolder } from "../engines/build/project-folder.js";
import type { BaselineResult } from "./baseline-runs.js";
import type { Tally, Violation } from "./findings.js";
import type { PartName, PartResult, ProofPlan } from "./proof-parts.js";
import type { ProofMessage, ProofTask } from "./proof-worker.js";

/** What a part came to, over all workers. */
export interface PartTotal {
  readonly part: PartName;
  readonly tally: Tally;
  readonly told: readonly Violation[];
  readonly operations: number;
  readonly baselines: readonly BaselineResult[];
}

export interface PoolOptions {
  readonly workers: number;
  /** The compiled tree that is put to the proof: `dist/`, or a mutant's. */
  readonly tree?: string;
  /** Stops all workers. */
  readonly interrupt?: AbortSignal;
  /** How many runs of a part are done. */
  readonly onProgress?: (part: PartName, runs: number) => void;
}

/** What a run makes is thrown away with it: with room for many runs hardly anything is there to be copied. */
const resourceLimits = Object.freeze({ maxYoungGenerationSizeMb: 64 });

export function compiledTree(): string {
  return join(projectFolder(), "dist");
}

/**
 * Runs a plan, divided among workers. The totals don't depend on how many there are, unless the plan is to stop at the
 * first violation: then the first worker that has one stops all.
 * @throws {Error} when a worker fails, or when it is interrupted.
 */
export async function runProof(plan: ProofPlan, options: PoolOptions): Promise<PartTotal[]> {
  const { workers: count, tree = compiledTree(), onProgress } = options;
  const runs = new Map<string, number>();
  const results: PartResult[] = [];
  let decide = (): void => undefined;
  const decided = new Promise<void>((resolve) => (decide = resolve));
  const workers = Array.from({ length: count }, (_, index) => {
    const workerData: ProofTask = { plan, shard: { index, count } };
    return new Worker(join(tree, "sim/proof/proof-worker.js"), { workerData, resourceLimits });
  });
  const listen = (message: ProofMessage, index: number): void => {
    if (message.kind === "result") {
      results.push(message.result);
      if (plan.stopAtFirst && message.result.tally.violations > 0) decide();
    }
    if (message.kind !== "progress") return;
    runs.set(`${message.part}/${index}`, message.runs);
    let total = 0;
    for (let other = 0; other < count; other++) total += runs.get(`${message.part}/${other}`) ?? 0;
    onProgress?.(message.part, total);
  };
  try {
    const all = workers.map((worker, index) => finished(worker, index, listen, options.interrupt));
    await Promise.race([Promise.all(all), decided]);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return plan.parts.flatMap((part) => {
    const shares = results.filter((result) => result.part === part);
    return shares.length > 0 ? [totalOf(part, shares)] : [];
  });
}

function finished(
  worker: Worker,
  index: number,
  listen: (message: ProofMessage, index: number) => void,
  interrupt: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(new Error("interrupted"));
    };
    if (interrupt?.aborted) abort();
    interrupt?.addEventListener("abort", abort, { once: true });
    worker.on("message", (message: ProofMessage) => {
      listen(message, index);
      if (message.kind === "end") resolve();
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      interrupt?.removeEventListener("abort", abort);
      reject(new Error(`a worker of the proof ended with code ${code}`));
    });
  });
}

function totalOf(part: PartName, shares: readonly PartResult[]): PartTotal {
  const tally: Tally = { runs: 0, violations: 0, worstLossPulses: 0, worstRecoveryBytes: 0 };
  for (const { tally: share } of shares) {
    tally.runs += share.runs;
    tally.violations += share.violations;
    tally.worstLossPulses = Math.max(tally.worstLossPulses, share.worstLossPulses);
    tally.worstRecoveryBytes = Math.max(tally.worstRecoveryBytes, share.worstRecoveryBytes);
  }
  return {
    part,
    tally,
    told: shares.flatMap(({ told }) => told),
    // Every worker goes through the whole workload, and cuts its share of the operations.
    operations: shares[0]?.operations ?? 0,
    baselines: addBaselines(shares.map(({ baselines }) => baselines)),
  };
}

function addBaselines(shares: readonly (readonly BaselineResult[])[]): BaselineResult[] {
  const [first = [], ...others] = shares;
  return first.map((share, index) => {
    const sum = { ...share };
    for (const other of others) {
      const { cuts, absent, lower, wrong } = other[index] as BaselineResult;
      sum.cuts += cuts;
      sum.absent += absent;
      sum.lower += lower;
      sum.wrong += wrong;
    }
    return sum;
  });
}
