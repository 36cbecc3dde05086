import { coarseWaysOf, type CutWay, waysOf, wayText } from "../world/flash/cut-ways.js";
import type { FlashChange } from "../world/flash/faulty-flash.js";
import { changeText, type CutName, cutOf, type CutPoint, cutText, OperationCut, tear } from "./cut-point.js";
import type { Findings } from "./findings.js";
import { Life } from "./life.js";
import { MeterState } from "./meter-state.js";
import { Moments } from "./moments.js";
import type { ResetKind } from "./script.js";
import type { Shard } from "./shard.js";
import type { Beginnings, Workload } from "./workloads.js";

/** Steps that a thorough run makes after the last cut, before the meter has to show everything; others make none. */
const thoroughSteps = 4;
/** Steps after a sector's header was cut so that it reads differently each time: the sector comes into use. */
const stepsIntoPreparedSector = 130;
/** What flash programs at once, and a cut can damage. */
const pageByteLength = 256;
/** Steps that it makes between two cuts. */
const stepsBetweenCuts = 1;

/** A run is thorough, with all logs compared, when the first cut hits an operation whose number this divides. */
const thoroughPeriod = 5;
/** The same for runs with a single cut that end in many changes of settings; prime, so that every worker gets its share. */
const settingsPeriod = 31;

/** Ways in which a cut may also spare the low-power domain, or leave the retained memory as it is. */
const brownOutWays = /^(before-0|prefix-(32|4096)|extra-1|half-[03]|weak-[23])$/;
const glitchWays = /^prefix-(32|4096)$/;
/** Of the first of two cuts, beside the coarse ways. */
const nestedWays = /^(subset-0|half-0|weak-[145])$/;
const nestedBrownOutWays = /^(before-0|prefix-(32|4096))$/;

/** Cuts every operation of `workload` in every way, one cut to a run. Returns how many operations there are. */
export async function cutOnce(
  workload: Workload,
  beginnings: Beginnings,
  shard: Shard,
  findings: Findings,
): Promise<number> {
  const state = new MeterState();
  const child = new MeterState();
  await beginnings.prepare(state, workload);
  const moments = new Moments(state, shard, findings);
  await runThrough(state, workload, async () => {
    for (const { state: parent, change, operation } of moments.take()) {
      watchChanges(parent, operation);
      for (const cut of cutsOf(operation, waysOf(change))) {
        if (findings.isDecided) return;
        await findings.run(
          () => `cut/${workload.name}/${cutText(cut)}`,
          child,
          async () => {
            branch(parent, child, change, cut);
            child.stepsAtEnd = stepsAfter(child, change, cut);
            await goOn(child, workload, cut.reset);
          },
        );
        if (isHeader(parent, change) && cut.way.kind === "weak")
          await cutWhenInUse({ state: parent, child, workload, change, cut }, findings);
      }
    }
  });
  return moments.operations;
}

/** A cut that is about to be made. */
interface NextCut {
  readonly state: MeterState;
  readonly child: MeterState;
  readonly workload: Workload;
  readonly change: FlashChange;
  readonly cut: CutPoint;
}

/**
 * Cuts a sector's header so that it reads differently from time to time, lets the sector come into use, and then
 * damages what the other half holds of the same records: they must be found in the one or in the other.
 */
async function cutWhenInUse(
  { state, child, workload, change, cut }: NextCut,
  findings: Findings,
): Promise<void> {
  let last: CutPoint | undefined;
  await findings.run(
    () => `cut/${workload.name}/${cutText(cut)}${last ? `/${cutText(last)}` : ""}`,
    child,
    async () => {
      branch(state, child, change, cut);
      child.mostLossPulses = Infinity;
      child.wearsSettings = false;
      let operation = 0;
      let isInUse = false;
      child.board.onChange = (next) => {
        operation++;
        if (next.label !== change.label || next.kind !== "program") return;
        const distance = next.address - change.address;
        if (distance > 0 && distance < sectorByteLengthOf(child, change)) isInUse = true;
        else if (isInUse && isLastOfPage(next)) {
          const again: CutPoint = {
            operation: operation - 1,
            way: { kind: "extra", variant: 1 },
            reset: "power",
          };
          tear(child, next, again);
          throw new OperationCut(again);
        }
      };
      last = await catchCut(child, () => goOnTowardsCut(child, workload, cut.reset, stepsIntoPreparedSector));
      child.stepsAtEnd = child.isThorough ? thoroughSteps : 0;
      await goOn(child, workload, "power");
    },
  );
}

/** Cuts every operation of `workload`, and then every operation of what follows that cut. */
export async function cutTwice(
  workload: Workload,
  beginnings: Beginnings,
  shard: Shard,
  findings: Findings,
): Promise<number> {
  const state = new MeterState();
  const child = new MeterState();
  await beginnings.prepare(state, workload);
  const moments = new Moments(state, shard, findings);
  const grandchild = new MeterState();
  const again = new Moments(child, { index: 0, count: 1 }, findings);
  await runThrough(state, workload, async () => {
    for (const { state: parent, change, operation } of moments.take()) {
      watchChanges(parent, operation);
      const ways = [
        ...coarseWaysOf(change),
        ...waysOf(change).filter((way) => nestedWays.test(wayText(way))),
      ];
      for (const first of nestedCutsOf(operation, ways)) {
        branch(parent, child, change, first);
        child.mostLossPulses = Infinity;
        child.wearsSettings = false;
        await cutAgain({ workload, first, child, grandchild, moments: again }, findings);
      }
    }
  });
  return moments.operations;
}

/** A cut that has just been made, and where those go that follow it. */
interface FirstCut {
  readonly workload: Workload;
  readonly first: CutPoint;
  readonly child: MeterState;
  readonly grandchild: MeterState;
  /** Of `child`. */
  readonly moments: Moments;
}

/** Cuts every operation of what follows the cut that `child` has just come through. */
async function cutAgain(
  { workload, first, child, grandchild, moments }: FirstCut,
  findings: Findings,
): Promise<void> {
  moments.begin();
  try {
    await goOnTowardsCut(child, workload, first.reset, stepsBetweenCuts);
  } catch {
    // A run with a single cut is judged by `cutOnce`.
  }
  child.board.onChange = undefined;
  for (const { state: parent, change, operation } of moments.take())
    for (const cut of nestedCutsOf(operation, coarseWaysOf(change)))
      await findings.run(
        () => `cut/${workload.name}/${cutText(first)}/${cutText(cut)}`,
        grandchild,
        async () => {
          branch(parent, grandchild, change, cut);
          grandchild.stepsAtEnd = grandchild.isThorough ? thoroughSteps : 0;
          await goOn(grandchild, workload, cut.reset);
        },
      );
}

/** Makes the run that the cuts of an id describe, in place. Returns false when a cut was never reached. */
export async function replayCuts(
  state: MeterState,
  workload: Workload,
  beginnings: Beginnings,
  cuts: readonly CutName[],
): Promise<boolean> {
  await beginnings.prepare(state, workload);
  if (cuts.length > 1) state.mostLossPulses = Infinity;
  const resets: ResetKind[] = [];
  for (const name of cuts) {
    const reset = resets[resets.length - 1];
    const isFirst = reset === undefined;
    const cut = await runUntil(state, name, isFirst, () =>
      isFirst ? runThrough(state, workload) : goOnTowardsCut(state, workload, reset, stepsIntoPreparedSector),
    );
    if (!cut) return false;
    resets.push(cut.reset);
  }
  await goOn(state, workload, resets[resets.length - 1] as ResetKind);
  return true;
}

/** Runs until the cut that `name` means. Returns undefined when it never came. */
function runUntil(
  state: MeterState,
  name: CutName,
  isFirst: boolean,
  run: () => Promise<void>,
): Promise<CutPoint | undefined> {
  let operation = 0;
  state.board.onChange = (change) => {
    if (operation++ !== name.operation) {
      state.story?.(`  ${operation - 1}: ${changeText(change)}`);
      return;
    }
    const cut = cutOf(name, change);
    if (!cut) return;
    state.story?.(`  ${cut.operation}: ${changeText(change)}: CUT (${wayText(cut.way)})`);
    if (isFirst) watchChanges(state, cut.operation);
    else state.wearsSettings = false;
    tear(state, change, cut);
    state.stepsAtEnd = isFirst ? stepsAfter(state, change, cut) : state.isThorough ? thoroughSteps : 0;
    throw new OperationCut(cut);
  };
  return catchCut(state, run);
}

/** Runs until a cut; undefined when none came. */
export async function catchCut(state: MeterState, run: () => Promise<void>): Promise<CutPoint | undefined> {
  try {
    await run();
  } catch (error) {
    if (error instanceof OperationCut) return error.cut;
    throw error;
  } finally {
    state.board.onChange = undefined;
  }
  return undefined;
}

/** Makes the run of a whole workload, without a cut. */
export async function runUncut(state: MeterState, workload: Workload, beginnings: Beginnings): Promise<void> {
  await beginnings.prepare(state, workload);
  await runThrough(state, workload);
}

/** @param pause called after each step, for whoever goes on another way from there */
async function runThrough(
  state: MeterState,
  { script, ageingRounds }: Workload,
  pause?: () => Promise<void>,
): Promise<void> {
  const life = new Life(state, script);
  let goesOn = true;
  try {
    if (ageingRounds === undefined) await life.begin();
    while (goesOn)
      try {
        goesOn = await life.advance(1);
      } finally {
        await pause?.();
      }
  } finally {
    state.board.onChange = undefined;
  }
}

async function goOn(state: MeterState, { script }: Workload, reset: ResetKind): Promise<void> {
  const life = new Life(state, script);
  await life.restart(reset);
  await life.advance(state.stepsAtEnd);
  await life.finish();
}

async function goOnTowardsCut(
  state: MeterState,
  { script }: Workload,
  reset: ResetKind,
  steps: number,
): Promise<void> {
  const life = new Life(state, script);
  await life.restart(reset);
  await life.advance(steps);
}

function nestedCutsOf(operation: number, ways: readonly CutWay[]): CutPoint[] {
  return ways.flatMap((way) => {
    const resets: ResetKind[] = nestedBrownOutWays.test(wayText(way)) ? ["power", "brown-out"] : ["power"];
    return resets.map((reset) => ({ operation, way, reset }));
  });
}

function cutsOf(operation: number, ways: readonly CutWay[]): CutPoint[] {
  const cuts: CutPoint[] = [];
  for (const way of ways) {
    cuts.push({ operation, way, reset: "power" });
    if (brownOutWays.test(wayText(way))) cuts.push({ operation, way, reset: "brown-out" });
    if (glitchWays.test(wayText(way))) cuts.push({ operation, way, reset: "glitch" });
  }
  return cuts;
}

/** Makes `child` what `parent` is after the cut. */
function branch(parent: MeterState, child: MeterState, change: FlashChange, cut: CutPoint): void {
  child.copyFrom(parent);
  tear(child, change, cut);
}

/** How far a run with a single cut goes on. */
function stepsAfter(state: MeterState, change: FlashChange, { way }: CutPoint): number {
  if (isHeader(state, change) && way.kind === "weak") return stepsIntoPreparedSector;
  return state.isThorough ? thoroughSteps : 0;
}

function isHeader(state: MeterState, change: FlashChange): boolean {
  return change.kind === "program" && change.address % sectorByteLengthOf(state, change) === 0;
}

function sectorByteLengthOf({ board }: MeterState, { label }: FlashChange): number {
  return board.partition(label).geometry.sectorByteLength;
}

/** True when a cut in this program can reach all other records of its page. */
function isLastOfPage({ address, byteLength }: FlashChange): boolean {
  return (address + byteLength) % pageByteLength === 0;
}

/** Logs that no cut has reached, and that nothing has changed since, are as they would be in any run. */
function watchChanges(state: MeterState, operation: number): void {
  state.wearsSettings = operation % settingsPeriod === 0;
  state.isThorough = operation % thoroughPeriod === 0;
  for (const partition of state.board.partitions) partition.forgetChanges();
}
