import type { ChaosResult } from "./chaos-run.js";
import { type ChaosFaultKind, faultKinds, type FaultSelection } from "./chaos-options.js";

/** Runs a seed with some kinds of faults for some days. */
export type RunSeed = (days: number, selection: FaultSelection) => Promise<ChaosResult>;

/** The smallest run found that still breaks the same promise. */
export interface MinimalFailure {
  readonly days: number;
  readonly kinds: readonly ChaosFaultKind[];
  readonly result: ChaosResult;
}

/** Lengths to try, shortest first; from 8 days up, the last four are calm. */
const triedDays: readonly number[] = Object.freeze([1, 2, 3, 5, 8, 9, 10, 12, 14, 17, 20, 24, 28]);

/**
 * Leaves out one kind of fault after the other, then days, as long as the first promise that was broken still is.
 * Each kind has a stream of chance of its own, so what is left stays as it was.
 */
export async function minimise(
  failure: ChaosResult,
  selection: FaultSelection,
  runSeed: RunSeed,
): Promise<MinimalFailure> {
  const checker = failure.violations[0]?.checker;
  const fails = ({ violations }: ChaosResult): boolean =>
    violations.some((violation) => violation.checker === checker);
  let { days } = failure;
  let result = failure;
  let kinds = faultKinds.filter((kind) => selection.has(kind) && (failure.faults.get(kind) ?? 0) > 0);
  for (const kind of [...kinds]) {
    const fewer = kinds.filter((other) => other !== kind);
    const attempt = await runSeed(days, new Set(fewer));
    if (!fails(attempt)) continue;
    kinds = fewer;
    result = attempt;
  }
  for (const shorter of triedDays) {
    if (shorter >= days) break;
    const attempt = await runSeed(shorter, new Set(kinds));
    if (!fails(attempt)) continue;
    days = shorter;
    result = attempt;
  }
  return { days, kinds, result };
}
