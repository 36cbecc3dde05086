import { describe, expect, it } from "@jest/globals";
import { water } from "../../firmware/products/water.js";
import { defaultBoard } from "../../manifests/boards/boards.js";
import { readTrace } from "../../sim/world/demand/trace/trace-file.js";
import type { RunOptions } from "../../sim/run/run-options.js";
import type { RunResult } from "../../sim/run/run-result.js";
import { describeOnRv32 } from "../on-rv32.js";
import { describeWith, needsHouseholdTrace, householdTracePath } from "../setup/needs.js";
import { engines, householdOptions, run } from "./run-meter.js";

const recordedPulses = 13_123;

/** The board that the chip is soldered to, for every engine whose trace is held against the chip's. */
const board = defaultBoard;

describe("a household's week", () => {
  it("is told exactly, with the same trace on Node, on XS and on the chip's own code", async () => {
    const runOn = (engine: RunOptions["engine"]): Promise<RunResult> =>
      run({ ...householdOptions(7, 11), board, engine });
    const onNode = await runOn(engines.node);
    const onXs = await runOn(engines.xs);
    const onChip = await runOn(engines.chip);
    for (const { differences } of [onNode, onXs, onChip]) expect(differences).toEqual([]);
    expect(onNode.report.truth.forwardPulses).toBeGreaterThan(2000);
    expect(onNode.report.register).toEqual(onNode.report.truth);
    expect(onNode.report.headEnd).toMatchObject(onNode.report.truth);
    expect(onXs.report).toEqual({ ...onNode.report, engine: "xs" });
    expect(onChip.report).toEqual({ ...onNode.report, engine: "chip" });
  }, 60_000);

  it("gives the same trace for the same seed, and another for another seed", async () => {
    const hash = async (seed: number): Promise<string> =>
      (await run(householdOptions(1, seed))).report.traceHash;
    const first = await hash(3);
    expect(await hash(3)).toBe(first);
    expect(await hash(4)).not.toBe(first);
  });
});

describeOnRv32("a household's day", () => {
  it("has the same trace on the instruction set of the chip", async () => {
    const onNode = await run(householdOptions(1, 11));
    const onRv32 = await run({ ...householdOptions(1, 11), engine: engines.rv32 });
    expect(onRv32.differences).toEqual([]);
    expect(onNode.report.truth.forwardPulses).toBeGreaterThan(200);
    expect(onRv32.report).toEqual({ ...onNode.report, engine: "rv32" });
  }, 120_000);
});

function recordedOptions(): RunOptions {
  const trace = readTrace(householdTracePath, { litresPerPulse: 1 });
  return {
    product: water,
    engine: engines.node,
    board,
    seed: 1,
    startEpochSeconds: trace.startEpochSeconds,
    durationSeconds: trace.durationSeconds,
    pulses: trace.pulses(),
  };
}

describeWith(needsHouseholdTrace(), "a real household's three days", () => {
  it(`come to exactly ${recordedPulses} pulses in truth, register and head-end on Node, on XS and on the chip`, async () => {
    const onNode = await run(recordedOptions());
    const onXs = await run({ ...recordedOptions(), engine: engines.xs });
    const onChip = await run({ ...recordedOptions(), engine: engines.chip });
    for (const { report, differences } of [onNode, onXs, onChip]) {
      expect(differences).toEqual([]);
      expect(report.truth).toEqual({ forwardPulses: recordedPulses, reversePulses: 0 });
      expect(report.register).toEqual(report.truth);
      expect(report.headEnd).toMatchObject(report.truth);
    }
    expect(onXs.report.traceHash).toBe(onNode.report.traceHash);
    expect(onChip.report.traceHash).toBe(onNode.report.traceHash);
  }, 60_000);
});
