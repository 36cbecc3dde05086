import { badBlockText, listBadBlockRuns, runBadBlock } from "./bad-blocks.js";
import { parseCut } from "./cut-point.js";
import { replayCuts, runUncut } from "./cut-runs.js";
import { type Violation, violationOf } from "./findings.js";
import { MeterState } from "./meter-state.js";
import { type FlipCause, replayFlip } from "./record-flips.js";
import { runSeed } from "./seeded-runs.js";
import { runStorm } from "./storm-runs.js";
import { Beginnings, workloads } from "./workloads.js";

export interface Replay {
  /** What happened, line by line. */
  readonly story: readonly string[];
  /** Undefined when every invariant held. */
  readonly violation: Violation | undefined;
}

/** Makes a run; returns false when it does not lead where its id says. */
type Run = (state: MeterState) => Promise<boolean>;

/** Makes the run that `id` names once more. Undefined when no run has this id. */
export async function replay(id: string): Promise<Replay | undefined> {
  const run = findRun(id);
  if (!run) return undefined;
  const story: string[] = [];
  const state = new MeterState();
  state.story = (line) => story.push(line);
  try {
    return (await run(state)) ? { story, violation: undefined } : undefined;
  } catch (error) {
    return { story, violation: violationOf(id, error) };
  }
}

function findRun(id: string): Run | undefined {
  const [kind, ...rest] = id.split("/");
  if (kind === "life") return findUncutRun(rest);
  if (kind === "cut") return findCutRun(rest);
  if (kind === "seed") return findSeedRun(rest);
  if (kind === "storm") return findStormRun(rest);
  if (kind === "flip") return findFlipRun(rest);
  const badBlocks = listBadBlockRuns().find((candidate) => badBlockText(candidate) === id);
  return badBlocks && finding((state) => runBadBlock(badBlocks, state, new Beginnings()));
}

function findCutRun([name, ...texts]: readonly string[]): Run | undefined {
  const workload = workloads.find((candidate) => candidate.name === name);
  const cuts = texts.map(parseCut).filter((cut) => cut !== undefined);
  if (!workload || cuts.length !== texts.length || cuts.length < 1 || cuts.length > 2) return undefined;
  return (state) => replayCuts(state, workload, new Beginnings(), cuts);
}

function findUncutRun([name, ...rest]: readonly string[]): Run | undefined {
  const workload = workloads.find((candidate) => candidate.name === name);
  if (!workload || rest.length > 0) return undefined;
  return finding((state) => runUncut(state, workload, new Beginnings()));
}

function findSeedRun([seed = "", ...rest]: readonly string[]): Run | undefined {
  if (rest.length > 0 || !/^\d{1,9}$/.test(seed)) return undefined;
  return finding((state) => runSeed(Number(seed), state, new Beginnings()));
}

function findStormRun([seed = "", ...rest]: readonly string[]): Run | undefined {
  if (rest.length > 0 || !/^\d{1,9}$/.test(seed)) return undefined;
  return finding((state) => runStorm(Number(seed), state, new Beginnings()));
}

function findFlipRun([label = "", cause, bits = "", ...rest]: readonly string[]): Run | undefined {
  const match = /^(\d{1,3})\+(\d{1,3})$/.exec(bits);
  const isCause = (text: string | undefined): text is FlipCause =>
    text === "power-on" || text === "brown-out" || text === "timer";
  if (rest.length > 0 || !match || !isCause(cause)) return undefined;
  const [first, second] = [Number(match[1]), Number(match[2])];
  const isKnown = new MeterState().board.partitions.some((partition) => partition.label === label);
  if (!isKnown || first > 255 || second > 255) return undefined;
  return finding((state) => replayFlip(state, new Beginnings(), label, cause, first, second));
}

function finding(run: (state: MeterState) => Promise<void>): Run {
  return async (state) => {
    await run(state);
    return true;
  };
}
