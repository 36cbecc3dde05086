import { availableParallelism } from "node:os";
import { mutantPlan, type MutantResult, runMutants } from "../../sim/proof/mutant-runs.js";
import { defaultPlan, type ProofPlan } from "../../sim/proof/proof-parts.js";
import { type PartTotal, runProof } from "../../sim/proof/proof-pool.js";
import { replay } from "../../sim/proof/replay.js";
import { ExitCode, Interruption } from "../kit/failures.js";
import { writeLines } from "../kit/folded-line.js";
import { ProgressLine } from "../kit/progress-line.js";
import type { ProveRequest } from "./prove-command.js";
import { mutantLine, mutantVerdict, proofLines, violationLines } from "./prove-summary.js";
import { countText } from "../kit/quantities.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";

/** More workers than this bring little: the parts are short. */
const mostWorkers = 8;

/** `tally prove`. */
export async function runProve(request: ProveRequest, surroundings: Surroundings): Promise<ExitCode> {
  if (request.replay !== undefined) return tellStory(request.replay, surroundings);
  const progress = new ProgressLine(surroundings.errors);
  try {
    if (request.mutants) return await proveMutants(request, request.mutants, surroundings, progress);
    return await prove(request, surroundings, progress);
  } catch (error) {
    if (surroundings.interrupt.aborted) throw new Interruption();
    throw error;
  } finally {
    progress.close();
  }
}

async function prove(
  request: ProveRequest,
  { output, errors, outputColours, errorColours, interrupt, clock }: Surroundings,
  progress: ProgressLine,
): Promise<ExitCode> {
  const startedAt = clock.now();
  const plan: ProofPlan = { ...defaultPlan, parts: request.parts, seeds: request.seeds };
  progress.show("putting the storage to the proof");
  const totals = await runProof(plan, {
    workers: workerCount(),
    interrupt,
    onProgress: (part, runs) => {
      progress.show(`${part}: ${countText(runs)} runs`);
    },
  });
  progress.close();
  const seconds = (clock.now() - startedAt) / 1000;
  if (request.isJson) output.write(`${JSON.stringify(countsOf(totals))}\n`);
  else writeLines(output, proofLines(totals, seconds, outputColours));
  for (const line of violationLines(totals, errorColours)) errors.write(`${line}\n`);
  return violationsOf(totals) === 0 ? ExitCode.success : ExitCode.failure;
}

async function proveMutants(
  { isJson, parts, seeds }: ProveRequest,
  names: readonly string[],
  { output, outputColours, interrupt, clock }: Surroundings,
  progress: ProgressLine,
): Promise<ExitCode> {
  const plan = { ...mutantPlan, parts: mutantPlan.parts.filter((part) => parts.includes(part)), seeds };
  if (plan.parts.length === 0) throw new UsageError("the baselines find no mutant: name another --part");
  let done = 0;
  progress.show(`mutants: 0 of ${names.length}`);
  const results = await runMutants(names, {
    workers: workerCount(),
    plan,
    interrupt,
    now: () => clock.now(),
    onResult: (result) => {
      progress.hide();
      if (!isJson) output.write(`${mutantLine(result, outputColours)}\n`);
      progress.show(`mutants: ${++done} of ${names.length}`);
    },
  });
  progress.close();
  if (isJson) output.write(`${JSON.stringify({ mutants: results.map(mutantSummary) })}\n`);
  else output.write(`\n${mutantVerdict(results, outputColours)}\n`);
  return results.every(({ caught }) => caught) ? ExitCode.success : ExitCode.failure;
}

async function tellStory(id: string, { output, outputColours }: Surroundings): Promise<ExitCode> {
  const found = await replay(id);
  if (!found) throw new UsageError(`no run has the id "${id}"; ids are printed with violations`);
  for (const line of found.story) output.write(`${line}\n`);
  const { violation } = found;
  if (!violation) {
    output.write(`${outputColours.green("✔")} ${id}: every invariant held\n`);
    return ExitCode.success;
  }
  output.write(`${outputColours.red("✘")} ${id}: ${violation.invariant}: ${violation.message}\n`);
  return ExitCode.failure;
}

function mutantSummary({ name, caught }: MutantResult) {
  return { name, caught: caught !== undefined, part: caught?.part ?? null, id: caught?.violation.id ?? null };
}

function countsOf(totals: readonly PartTotal[]) {
  const runs = (part: string): number => totals.find((total) => total.part === part)?.tally.runs ?? 0;
  return {
    cuts: runs("cuts"),
    nestedCuts: runs("nested"),
    seeds: runs("seeds"),
    flips: runs("flips"),
    badBlockRuns: runs("bad-blocks"),
    violations: violationsOf(totals),
  };
}

function violationsOf(totals: readonly PartTotal[]): number {
  return totals.reduce((sum, { tally }) => sum + tally.violations, 0);
}

function workerCount(): number {
  return Math.min(mostWorkers, Math.max(1, availableParallelism()));
}
