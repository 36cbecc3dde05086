import { waysOf, wayText } from "../world/flash/cut-ways.js";
import { Random } from "../kernel/random.js";
import { changeText, type CutPoint, drawWay, OperationCut, tear } from "./cut-point.js";
import { catchCut } from "./cut-runs.js";
import type { Shard } from "./shard.js";
import type { Findings } from "./findings.js";
import { Life } from "./life.js";
import { MeterState } from "./meter-state.js";
import { createScript, type ResetKind, type Script } from "./script.js";
import type { Beginnings } from "./workloads.js";

/** Cuts in one run. */
const fewestCuts = 3;
const mostCuts = 6;
/** Steps of a run's script: more than a run with six cuts goes through. */
const scriptLength = 80;
const stepsAtEnd = 4;
/** Ages, in rounds, at which runs begin: young, in the middle of a sector, before an erase, before a new sector. */
const ages: readonly (number | undefined)[] = Object.freeze([undefined, 60, 92, 120, 215, 222, 248]);

/** Carries out the run that a seed stands for. */
type RunOfSeed = (seed: number, state: MeterState, beginnings: Beginnings) => Promise<void>;

/** One run for each of this shard's seeds. */
export function runSeeds(
  count: number,
  beginnings: Beginnings,
  shard: Shard,
  findings: Findings,
): Promise<void> {
  return runEachSeed("seed", count, beginnings, shard, findings, runSeed);
}

/** The same for runs of any kind, whose findings have the ids `kind/seed`. */
export async function runEachSeed(
  kind: string,
  count: number,
  beginnings: Beginnings,
  shard: Shard,
  findings: Findings,
  run: RunOfSeed,
): Promise<void> {
  const state = new MeterState();
  for (let seed = shard.index; seed < count && !findings.isDecided; seed += shard.count)
    await findings.run(
      () => `${kind}/${seed}`,
      state,
      () => run(seed, state, beginnings),
    );
}

/** A life with three to six cuts at random: some soon after the restart, some later. */
export async function runSeed(seed: number, state: MeterState, beginnings: Beginnings): Promise<void> {
  const random = new Random(`seed/${seed}`);
  const ageingRounds = ages[random.integer(0, ages.length - 1)];
  const script = createScript(`seed/${seed}`, scriptLength);
  await beginnings.prepare(state, { name: "seed", ageingRounds, script });
  state.mostLossPulses = Infinity;
  state.isThorough = random.chance(0.2);
  state.wearsSettings = random.chance(0.2);
  for (const partition of state.board.partitions) partition.forgetChanges();
  const cuts = random.integer(fewestCuts, mostCuts);
  let reset: ResetKind | undefined;
  for (let index = 0; index < cuts; index++) {
    const cut = await runUntilCut(state, script, random, ageingRounds === undefined, reset);
    if (!cut) break;
    ({ reset } = cut);
  }
  const life = new Life(state, script);
  if (reset !== undefined) await life.restart(reset);
  await life.advance(stepsAtEnd);
  await life.finish();
}

async function runUntilCut(
  state: MeterState,
  script: Script,
  random: Random,
  isNew: boolean,
  reset: ResetKind | undefined,
): Promise<CutPoint | undefined> {
  let left = random.chance(0.5) ? random.integer(0, 6) : random.integer(0, 60);
  state.board.onChange = (change) => {
    if (left-- > 0) return;
    const cut = { operation: 0, way: drawWay(random, waysOf(change)), reset: drawReset(random, state) };
    state.story?.(`  ${changeText(change)}: CUT (${wayText(cut.way)})`);
    tear(state, change, cut);
    throw new OperationCut(cut);
  };
  return catchCut(state, async () => {
    const life = new Life(state, script);
    if (reset !== undefined) await life.restart(reset);
    else if (isNew) await life.begin();
    await life.advance(Infinity);
  });
}

function drawReset(random: Random, { ledger }: MeterState): ResetKind {
  const choice = random.next();
  if (choice < 0.5) return "power";
  if (choice < 0.6) return "glitch";
  if (choice < 0.7) return "crash";
  // Without its retained memory a meter takes its newest record for this power period's, so there must be one.
  return choice < 0.8 && ledger.isRecorded ? "damage" : "brown-out";
}
