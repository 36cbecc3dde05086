import { describe, expect, it } from "@jest/globals";
import { gas } from "../../firmware/products/gas.js";
import { water } from "../../firmware/products/water.js";
import { boards, type KnownBoard } from "../../manifests/boards/boards.js";
import { chips } from "../../hal/esp32/chips.js";
import { createChipEngine } from "../../sim/engines/chip/chip-engine.js";
import type { RunOptions } from "../../sim/run/run-options.js";
import { householdOptions, run } from "./run-meter.js";

const products = [water, gas];
const cases = boards.flatMap((board) => products.map((product) => [product.name, board.name] as const));

function knownBoard(boardName: string): KnownBoard {
  return boards.find(({ name }) => name === boardName) as KnownBoard;
}

/** Made anew for each run, because pulses are played but once. */
function optionsOf(productName: string, boardName: string): RunOptions {
  const product = products.find(({ name }) => name === productName) ?? water;
  return { ...householdOptions(2, 5), product, board: knownBoard(boardName).wiring };
}

function onChip(productName: string, boardName: string): RunOptions {
  const image = { board: knownBoard(boardName), product: productName };
  return { ...optionsOf(productName, boardName), engine: (call) => createChipEngine(call, image) };
}

describe("two days of a household on a board's own code", () => {
  it.each(cases)("are told exactly by a %s meter on %s", async (productName, boardName) => {
    const told = await run(onChip(productName, boardName));
    const expected = await run(optionsOf(productName, boardName));
    const { traceHash, ...report } = told.report;
    expect(told.differences).toEqual([]);
    expect(report.truth.forwardPulses).toBeGreaterThan(500);
    expect(report.register).toEqual(report.truth);
    expect(report.headEnd).toMatchObject(report.truth);
    expect(report.wakes).toBe(expected.report.wakes);
    // A wake stub sees contacts when they move, the simulated board at steady polls: pulses come milliseconds apart.
    const seesAsTheBoardDoes = chips[knownBoard(boardName).name].pulseCounter !== "wake-stub";
    expect(traceHash === expected.report.traceHash).toBe(seesAsTheBoardDoes);
  });

  it("have the same trace each time", async () => {
    const first = await run(onChip("water", "esp32c3"));
    const second = await run(onChip("water", "esp32c3"));
    expect(second.report.traceHash).toBe(first.report.traceHash);
  });
});
