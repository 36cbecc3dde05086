import type { Violation } from "./findings.js";
import { MutantTree, requireFresh } from "./mutant-tree.js";
import { type Mutant, mutants } from "./mutants.js";
import { defaultPlan, type PartName, type ProofPlan } from "./proof-parts.js";
import { compiledTree, runProof } from "./proof-pool.js";

export interface MutantResult {
  readonly name: string;
  /** The first violation that gave it away; undefined when it survived. */
  readonly caught: { readonly part: PartName; readonly violation: Violation } | undefined;
}

export interface MutantOptions {
  /** Mutants that are put to the proof at a time. */
  readonly workers: number;
  readonly plan?: ProofPlan;
  readonly interrupt?: AbortSignal;
  readonly onResult?: (result: MutantResult) => void;
}

/** Runs that find most bugs soonest come first; a mutant is put to the proof until one invariant breaks. */
export const mutantPlan: ProofPlan = Object.freeze({
  ...defaultPlan,
  parts: ["seeds", "flips", "bad-blocks", "nested", "cuts"],
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
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < chosen.length; index = next++) {
      const result = await runMutant(chosen[index] as Mutant, options);
      results.set(result.name, result);
      options.onResult?.(result);
    }
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  return chosen.flatMap(({ name }) => results.get(name) ?? []);
}

async function runMutant(
  mutant: Mutant,
  { plan = mutantPlan, interrupt }: MutantOptions,
): Promise<MutantResult> {
  const tree = new MutantTree(compiledTree(), mutant);
  try {
    const { folder } = tree;
    const totals = await runProof(plan, { workers: 1, tree: folder, ...(interrupt && { interrupt }) });
    for (const { part, told } of totals)
      if (told[0]) return { name: mutant.name, caught: { part, violation: told[0] } };
    return { name: mutant.name, caught: undefined };
  } finally {
    tree.remove();
  }
}
