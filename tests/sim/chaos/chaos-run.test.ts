import { describe, expect, it } from "@jest/globals";
import { endpointName } from "../../../firmware/uplink/session.js";
import { defaultChaosOptions, faultKinds } from "../../../sim/chaos/chaos-options.js";
import { carryOut } from "../../../sim/chaos/crew.js";
import { serialNumberOf } from "../../../sim/run/meter-world.js";
import { chaosRun, struck } from "./chaos-bench.js";

/** 2026-01-01T00:00:00Z */
const startEpochSeconds = 1_767_225_600;
const day = 86_400;

describe("a meter among faults", () => {
  it.each([
    [21, "resets, freezes and datagrams that get lost"],
    [24, "power cuts and a modem that freezes"],
    [38, "everything at once, and a bad sector"],
    [60, "a head-end that restarts and garbage on the UART"],
  ])("keeps its promises with seed %i: %s", async (seed) => {
    const result = await chaosRun(seed, 12).run();
    expect(result.violations).toEqual([]);
    expect(struck(result)).toBeGreaterThan(15);
  });

  it("does the same again for the same seed, and something else for another", async () => {
    const first = await chaosRun(24, 3).run();
    expect(await chaosRun(24, 3).run()).toEqual(first);
    expect((await chaosRun(25, 3).run()).traceHash).not.toBe(first.traceHash);
  });

  it("does the same on both engines, power cuts in the middle of calls included", async () => {
    const order = { seed: 24, days: 6, selection: faultKinds, options: defaultChaosOptions };
    const onNode = await carryOut(order, { engine: "node", board: undefined });
    expect(onNode.faults.get("powerCuts")).toBeGreaterThan(3);
    expect(await carryOut(order, { engine: "xs", board: undefined })).toEqual(onNode);
  });

  it("loses pulses to a battery removal, within the bound", async () => {
    const result = await chaosRun(155, 12, new Set(["powerCuts"])).run();
    expect(result.violations).toEqual([]);
    expect(result.worstLossPulses).toBeGreaterThan(0);
    expect(result.worstLossPulses).toBeLessThan(35);
    expect(result.uncountablePulses).toBeGreaterThan(0);
  });

  it("records intervals again once the network, for a day, has told a date in another year", async () => {
    const clockJumps = {
      ...defaultChaosOptions.clockJumps,
      seedOdds: 1,
      perDay: { low: 0.1, high: 0.1 },
      offsetSeconds: { low: 40 * day, high: 4000 * day },
    };
    const seed = 5;
    const options = { ...defaultChaosOptions, clockJumps };
    const run = chaosRun(seed, 20, new Set(["clockJumps"]), undefined, options);
    const result = await run.run();
    expect(result.violations).toEqual([]);
    expect(result.faults.get("clockJumps")).toBe(1);
    const readings = run.meter.headEnd.device(endpointName(serialNumberOf(seed)));
    const missing = readings?.missingIntervals(startEpochSeconds, startEpochSeconds + 19 * day);
    // From the report that brought the wrong date to the first one after the network was right again.
    expect(missing).toBeLessThanOrEqual(48);
    expect(missing).toBeGreaterThan(20);
  });

  it("loses nothing to resets", async () => {
    const result = await chaosRun(21, 12, new Set(["resets", "reverseFlow"])).run();
    expect(result.violations).toEqual([]);
    expect(result.faults.get("resets")).toBeGreaterThan(50);
    expect(result.worstLossPulses).toBe(0);
    expect(result.uncountablePulses).toBe(0);
  });
});
