import { describe, expect, it } from "@jest/globals";
import { gas } from "../../firmware/products/gas.js";
import { createGasHousehold } from "../../sim/world/demand/gas-household.js";
import { Random } from "../../sim/kernel/random.js";
import type { RunOptions } from "../../sim/run/run-options.js";
import { daySeconds, engines, newYear2026, pulsesAt, run, simulate, steadyFlow } from "./run-meter.js";
import { scenarioEngine } from "./scenario-engine.js";

function gasOptions(days: number, seed: number): RunOptions {
  const startEpochSeconds = newYear2026;
  return {
    product: gas,
    engine: scenarioEngine,
    seed,
    startEpochSeconds,
    durationSeconds: days * daySeconds,
    pulses: createGasHousehold({ random: new Random(seed).fork("demand"), startEpochSeconds, persons: 4 }),
  };
}

describe("a gas meter", () => {
  it("tells a winter's week exactly, with the same trace on Node and on XS", async () => {
    const onNode = await run(gasOptions(7, 5));
    const onXs = await run({ ...gasOptions(7, 5), engine: engines.xs });
    expect(onNode.differences).toEqual([]);
    expect(onNode.report.truth.forwardPulses).toBeGreaterThan(1500);
    expect(onNode.report.headEnd).toMatchObject(onNode.report.truth);
    expect(onNode.report.headEnd.intervals).toBeGreaterThanOrEqual(7 * 24 - 1);
    expect(onXs.report).toEqual({ ...onNode.report, engine: "xs" });
  });

  it("is a gas meter to the head-end: object 3423, its intervals in object 19, 0.01 m3 a pulse", async () => {
    const simulation = simulate(gasOptions(2, 5));
    const { report } = await simulation.run();
    const resources = simulation.readings?.resources;
    expect(resources?.get("/3423/0/4")?.value).toBe(report.truth.forwardPulses);
    expect(resources?.get("/3423/0/1")?.value).toBeCloseTo(report.truth.forwardPulses * 0.01, 9);
    expect(resources?.get("/19/0/0/0")?.value).toBeInstanceOf(Uint8Array);
    expect([...(resources?.keys() ?? [])].some((path) => /^\/(3424|10266)\//.test(path))).toBe(false);
  });

  it("leaves its valve alone, at the start and after a month", async () => {
    const simulation = simulate(gasOptions(32, 5));
    let moves = 0;
    simulation.meter.valve.onDriveChange = () => {
      moves++;
    };
    const angle = simulation.meter.valve.angle;
    const { differences } = await simulation.run();
    expect(differences).toEqual([]);
    expect(moves).toBe(0);
    expect(simulation.meter.valve.angle).toBe(angle);
    expect(simulation.readings?.resources.has("/3306/0/5850")).toBe(false);
  });

  it("counts a flame so small that a pulse takes a quarter of an hour", async () => {
    const pulses = pulsesAt(steadyFlow(900, daySeconds, 900));
    const { report, differences } = await run({ ...gasOptions(1, 5), pulses });
    expect(differences).toEqual([]);
    expect(report.truth.forwardPulses).toBe(95);
    expect(report.register.forwardPulses).toBe(95);
  });
});
