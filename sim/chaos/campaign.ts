import type { KnownBoard } from "../../manifests/boards/boards.js";
import type { ChaosResult } from "./chaos-run.js";
import type { Engine } from "../chip/boundary/engine.js";
import { type ChaosOptions, type ChaosFaultKind, faultKinds, type FaultSelection } from "./chaos-options.js";
import type { ChaosViolation } from "./findings.js";
import { minimise, type MinimalFailure } from "./minimise.js";
import { openCrew } from "./crew.js";

export interface ChaosCampaignOptions {
  /** The first and the last. */
  readonly seeds: { readonly from: number; readonly to: number };
  readonly days: number;
  readonly selection: FaultSelection;
  readonly engine: Engine["name"];
  /** The board that the meters are built on; an ideal one unless given. */
  readonly board?: KnownBoard | undefined;
  /** Threads that run meters; 1 to run them in this one. */
  readonly workers: number;
  readonly options: ChaosOptions;
  /** Called after each seed. */
  readonly onProgress?: (done: number, failing: number) => void;
  /** Once aborted, no further seed begins. */
  readonly interrupt?: AbortSignal;
}

/** A seed that broke a promise, as it was and as small as it could be made. */
export interface FailingSeed {
  readonly seed: number;
  readonly violations: readonly ChaosViolation[];
  readonly minimal: MinimalFailure;
}

export interface ChaosCampaignResult {
  readonly seeds: number;
  readonly violations: number;
  /** In the order of seeds. */
  readonly failing: readonly FailingSeed[];
  /** Faults that struck, by kind. */
  readonly faults: ReadonlyMap<ChaosFaultKind, number>;
  readonly worstLossPulses: number;
  /** Pulses that passed while the battery was out or a magnet on the case. */
  readonly uncountablePulses: number;
  readonly excusedComplaints: number;
}

/** Failing seeds that are minimised; further ones are only named. */
const mostMinimised = 10;
const daysPerYear = 365.25;

/** Years of meters' lives that a campaign runs through. */
export function meterYears({ seeds: { from, to }, days }: ChaosCampaignOptions): number {
  return ((to - from + 1) * days) / daysPerYear;
}

/** Runs every seed, on as many threads as asked for; the result doesn't depend on how many. */
export async function runChaosCampaign(campaign: ChaosCampaignOptions): Promise<ChaosCampaignResult> {
  const { seeds, days, selection, options, engine, board, workers, interrupt, onProgress } = campaign;
  const count = seeds.to - seeds.from + 1;
  const crew = openCrew(Math.min(workers, count), { engine, board: board?.name });
  const results: ChaosResult[] = [];
  let next = seeds.from;
  let failing = 0;
  const work = async (): Promise<void> => {
    while (next <= seeds.to && !(interrupt?.aborted ?? false)) {
      const seed = next++;
      const result = await crew.run({ seed, days, selection: [...selection], options });
      results.push(result);
      if (result.violations.length > 0) failing++;
      onProgress?.(results.length, failing);
    }
  };
  try {
    await Promise.all(Array.from({ length: crew.size }, work));
    results.sort((one, other) => one.seed - other.seed);
    const failed = results.filter(({ violations }) => violations.length > 0);
    const toMinimise = interrupt?.aborted === true ? [] : failed.slice(0, mostMinimised);
    const smallest = await Promise.all(
      toMinimise.map(async (failure) =>
        minimise(failure, selection, (shorter, kinds) =>
          crew.run({ seed: failure.seed, days: shorter, selection: [...kinds], options }),
        ),
      ),
    );
    return summarise(results, failed, smallest);
  } finally {
    await crew.close();
  }
}

function summarise(
  results: readonly ChaosResult[],
  failed: readonly ChaosResult[],
  smallest: readonly MinimalFailure[],
): ChaosCampaignResult {
  const faults = new Map<ChaosFaultKind, number>();
  for (const kind of faultKinds)
    faults.set(
      kind,
      total(results, (result) => result.faults.get(kind) ?? 0),
    );
  return {
    seeds: results.length,
    violations: total(results, ({ violations }) => violations.length),
    failing: failed.map((failure, index) => ({
      seed: failure.seed,
      violations: failure.violations,
      minimal: smallest[index] ?? {
        days: failure.days,
        kinds: faultKinds.filter((kind) => (failure.faults.get(kind) ?? 0) > 0),
        result: failure,
      },
    })),
    faults,
    worstLossPulses: Math.max(0, ...results.map(({ worstLossPulses }) => worstLossPulses)),
    uncountablePulses: total(results, ({ uncountablePulses }) => uncountablePulses),
    excusedComplaints: total(results, ({ excusedComplaints }) => excusedComplaints),
  };
}

function total(results: readonly ChaosResult[], count: (result: ChaosResult) => number): number {
  return results.reduce((sum, result) => sum + count(result), 0);
}
