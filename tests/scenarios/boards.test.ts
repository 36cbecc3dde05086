import { describe, expect, it } from "@jest/globals";
import { gas } from "../../firmware/products/gas.js";
import { water } from "../../firmware/products/water.js";
import { boards, type KnownBoard } from "../../manifests/boards/boards.js";
import { chips } from "../../hal/esp32/chips.js";
import { type ChipOptions, createChipEngine } from "../../sim/engines/chip/chip-engine.js";
import type { RunOptions } from "../../sim/run/run-options.js";
import { measuredChip } from "../sim/engines/chip/chip-under-test.js";
import { householdOptions, run } from "./run-meter.js";

const products = [water, gas];

/** A meter as it is built: a product on a board, which sleeps deeply unless it has mains. */
interface Build {
  readonly product: string;
  readonly board: KnownBoard["name"];
  readonly sleep: "deep" | "light";
}

const builds = boards.flatMap(({ name: board }): Build[] => [
  ...products.map(({ name: product }): Build => ({ product, board, sleep: "deep" })),
  { product: "water", board, sleep: "light" },
]);

function boardOf({ board, sleep }: Build): KnownBoard {
  const known = boards.find(({ name }) => name === board) as KnownBoard;
  if (sleep === known.wiring.power.sleep) return known;
  return { ...known, wiring: { ...known.wiring, power: { ...known.wiring.power, sleep } } };
}

/** Made anew for each run, because pulses are played but once. */
function optionsOf(build: Build): RunOptions {
  const product = products.find(({ name }) => name === build.product) ?? water;
  return { ...householdOptions(2, 6), product, board: boardOf(build) };
}

function onChip(build: Build, more: Partial<ChipOptions> = {}): RunOptions {
  const image = { ...measuredChip(), board: boardOf(build), product: build.product, ...more };
  return { ...optionsOf(build), engine: (call) => createChipEngine(call, image) };
}

describe("two days of a household on a board's own code", () => {
  it.each(builds)("are told exactly by a $product meter on $board in $sleep sleep", async (build) => {
    const told = await run(onChip(build));
    const expected = await run(optionsOf(build));
    const { traceHash, ...report } = told.report;
    expect(told.differences).toEqual([]);
    expect(report.truth.forwardPulses).toBeGreaterThan(500);
    expect(report.register).toEqual(report.truth);
    expect(report.headEnd).toMatchObject(report.truth);
    expect(report.wakes).toBe(expected.report.wakes);
    // A wake stub sees contacts when they move, the simulated board at steady polls: pulses come milliseconds apart.
    const seesAsTheBoardDoes = chips[build.board].pulseCounter !== "wake-stub";
    expect(traceHash === expected.report.traceHash).toBe(seesAsTheBoardDoes);
  });

  it.each(boards)(
    "are told exactly by a sealed meter on $name, all of whose logs are encrypted",
    async ({ name }) => {
      const build: Build = { product: "water", board: name, sleep: "deep" };
      const told = await run(onChip(build, { isFlashEncrypted: true }));
      // The simulator looks for the register in the flash's cells, where it can't read it now.
      expect(told.differences.map(({ checker }) => checker)).toEqual(["register"]);
      expect(told.report.headEnd).toMatchObject(told.report.truth);
    },
  );

  it("have the same trace each time", async () => {
    const build: Build = { product: "water", board: "esp32c3", sleep: "deep" };
    const first = await run(onChip(build));
    const second = await run(onChip(build));
    expect(second.report.traceHash).toBe(first.report.traceHash);
  });
});
