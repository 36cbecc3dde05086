import { waysOf } from "../world/flash/cut-ways.js";
import { Random } from "../kernel/random.js";
import { changeText, drawWay, OperationCut, tear } from "./cut-point.js";
import { catchCut } from "./cut-runs.js";
import type { Findings } from "./findings.js";
import { Life } from "./life.js";
import type { MeterState } from "./meter-state.js";
import { createScript, type ResetKind } from "./script.js";
import { runEachSeed } from "./seeded-runs.js";
import type { Shard } from "./shard.js";
import type { Beginnings } from "./workloads.js";

/** Starts of one storm that are cut: a lithium cell at its end may try for days. */
const storms: readonly number[] = Object.freeze([20, 20, 60, 120, 500]);
/**
 * The operations of a start among which its cut is drawn, from 0: where the cell collapses does not change much within
 * a storm. A whole start has about twelve.
 */
const windows: readonly (readonly [number, number])[] = Object.freeze([
  [0, 0],
  [0, 1],
  [0, 3],
  [2, 4],
  [4, 8],
  [0, 11],
]);
/** Ages, in rounds, at which a log or another is about to come to the end of a sector. */
const ages: readonly number[] = Object.freeze([60, 86, 92, 120, 215, 222, 248]);
const scriptLength = 60;
const mostStepsBefore = 40;
const stepsAtEnd = 6;
/** A chip that a supply too weak holds in reset, with the low-power domain alive, may be held there for long. */
const longestResetMilliseconds = 200_000;

/** One storm for each of this shard's seeds. */
export function runStorms(
  count: number,
  beginnings: Beginnings,
  shard: Shard,
  findings: Findings,
): Promise<void> {
  return runEachSeed("storm", count, beginnings, shard, findings, runStorm);
}

/**
 * Starts in a row that are each cut within their first operations: none may cost anything that a log held, however
 * many they are.
 */
export async function runStorm(seed: number, state: MeterState, beginnings: Beginnings): Promise<void> {
  const random = new Random(`storm/${seed}`);
  const script = createScript(`storm/${seed}`, scriptLength);
  const ageingRounds = pick(random, ages);
  await beginnings.prepare(state, { name: "storm", ageingRounds, script });
  state.mostLossPulses = Infinity;
  state.isThorough = true;
  state.wearsSettings = random.chance(0.2);
  for (const partition of state.board.partitions) partition.forgetChanges();
  await new Life(state, script).advance(random.integer(0, mostStepsBefore));
  const starts = pick(random, storms);
  const [first, last] = pick(random, windows);
  const mayBrownOut = random.chance(0.5);
  let reset: ResetKind = "power";
  for (let start = 0; start < starts; start++) {
    if (mayBrownOut) reset = pick(random, ["power", "glitch", "brown-out"] as const);
    if (reset === "brown-out" && random.chance(0.1))
      state.board.wait(random.integer(0, longestResetMilliseconds));
    if (!(await isCut(state, script, random, reset, random.integer(first, last)))) break;
  }
  const life = new Life(state, script);
  await life.restart(reset);
  await life.advance(stepsAtEnd);
  await life.finish();
}

/** One start that is cut at its operation `left`; false when it got through before that. */
async function isCut(
  state: MeterState,
  script: ReturnType<typeof createScript>,
  random: Random,
  reset: ResetKind,
  left: number,
): Promise<boolean> {
  let operation = 0;
  state.board.onChange = (change) => {
    if (operation++ < left) return;
    const cut = { operation: left, way: drawWay(random, waysOf(change)), reset };
    state.story?.(`  ${left}: ${changeText(change)}: CUT (${cut.way.kind}-${cut.way.variant})`);
    tear(state, change, cut);
    throw new OperationCut(cut);
  };
  const { step } = state;
  const { restarts } = state.ledger;
  const cut = await catchCut(state, () => new Life(state, script).restart(reset));
  state.step = step;
  // What a log keeps may depend on starts, but not on those that got nowhere.
  if (cut) state.ledger.restarts = restarts;
  return cut !== undefined;
}

function pick<Value>(random: Random, values: readonly Value[]): Value {
  return values[random.integer(0, values.length - 1)] as Value;
}
