import type { Violation } from "./findings.js";
import { MutantTree, requireFresh } from "./mutant-tree.js";
import type { Mutant } from "./mutant.js";
import { mutants } from "./mutants.js";
import { defaultPlan, type PartName, type ProofPlan } from "./proof-parts.js";
import { compiledTree, runProof } from "./proof-pool.js";

export interface MutantResult {
  readonly name: string;
  /** The first violation that gave it away; undefined when it survived. */
  readonly caught: { readonly part: PartName; readonly violation: Violation } | undefined;
  readonly seconds: number;
}

export interface MutantOptions {
  /** Threads; as long as there are mutants for all, each has one to itself. */
  readonly workers: number;
  readonly plan?: ProofPlan;
  readonly interrupt?: AbortSignal;
  /** Milliseconds from anywhere. */
  readonly now: () => number;
  /** Told of each mutant when it is decided, in the order in which that happens. */
  readonly onResult?: (result: MutantResult) => void;
}

/**
 * The parts in the order in which a mutant goes through them, the one that finds it soonest before all; it is put to
 * the proof until one invariant breaks.
 */
export const mutantPlan: ProofPlan = Object.freeze({
  ...defaultPlan,
  parts: ["seeds", "storms", "bad-blocks", "flips", "cuts", "nested"],
  stopAtFirst: true,
} as const);

/**
 * Puts mutants to the proof, several at a time.
 * @throws {StaleMutantError} when one no longer fits the source; then none is run.
 */
export async function runMutants(names: readonly string[], options: MutantOptions): Promise<MutantResult[]> {
  const chosen = mutants.filter(({ name }) => names.includes(name));
  for (const mutant of chosen) requireFresh(compiledTree(), mutant);
  const results = new Map<string, MutantResult>();
  const atATime = Math.min(options.workers, chosen.length);
  const workers = Math.floor(options.workers / atATime);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < chosen.length; index = next++) {
      const result = await runMutant(chosen[index] as Mutant, workers, options);
      results.set(result.name, result);
      options.onResult?.(result);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return chosen.flatMap(({ name }) => results.get(name) ?? []);
}

async function runMutant(
  mutant: Mutant,
  workers: number,
  { plan = mutantPlan, interrupt, now }: MutantOptions,
): Promise<MutantResult> {
  const { name, soonest } = mutant;
  const parts = [...plan.parts].sort((one, other) => Number(other === soonest) - Number(one === soonest));
  const startedAt = now();
  const tree = new MutantTree(compiledTree(), mutant);
  try {
    const { folder } = tree;
    const totals = await runProof(
      { ...plan, parts },
      { workers, tree: folder, ...(interrupt && { interrupt }) },
    );
    const seconds = (now() - startedAt) / 1000;
    for (const { part, told } of totals)
      if (told[0]) return { name, caught: { part, violation: told[0] }, seconds };
    return { name, caught: undefined, seconds };
  } finally {
    tree.remove();
  }
}
