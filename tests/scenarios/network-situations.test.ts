import { beforeAll, describe, expect, it } from "@jest/globals";
import { parseNetwork } from "../../command/sim/network-option.js";
import type { RunReport, RunResult } from "../../sim/run/run-result.js";
import type { Simulation } from "../../sim/run/simulation.js";
import { daySeconds, householdOptions, simulate } from "./run-meter.js";

const days = 6;
/** What a situation of the network may cost beyond a normal day, however long it lasts. */
const mostMilliampereHoursPerDay = 5;

interface RunInSituation extends RunResult {
  readonly simulation: Simulation;
  readonly charges: readonly number[];
}

/** A household's meter in a situation as `--network` names it, and what its battery has given on each day. */
async function runIn(...words: string[]): Promise<RunInSituation> {
  const networkSituations = words.flatMap((word) => parseNetwork(word, []));
  const simulation = simulate({ ...householdOptions(days, 4), networkSituations });
  const { battery } = simulation.meter;
  const given: number[] = [0];
  for (let day = 1; day <= days; day++)
    simulation.scheduler.schedule(day * daySeconds * 1e6, () => {
      given.push(battery.consumedMilliampereHours);
    });
  const result = await simulation.run();
  return { ...result, simulation, charges: given.slice(1).map((total, day) => total - (given[day] ?? 0)) };
}

/** Every pulse is in the register, and no day costs much more than a normal one. */
async function expectSurvived(...words: string[]): Promise<RunReport> {
  const { report, charges, differences } = await runIn(...words);
  expect(report.truth.forwardPulses).toBeGreaterThan(1000);
  expect(report.register).toEqual(report.truth);
  expect(report.died).toBeNull();
  expect(differences.filter(({ checker }) => checker === "bounds")).toEqual([]);
  const more = charges.map((charge, day) => charge - (normalCharges[day] ?? NaN));
  expect(more).toHaveLength(days);
  expect(Math.max(...more)).toBeLessThan(mostMilliampereHoursPerDay);
  return report;
}

let normalCharges: readonly number[] = [];
beforeAll(async () => {
  normalCharges = (await runIn()).charges;
});

describe("a meter registers every pulse, within the bound of charge,", () => {
  it("and delivers, when its connection dies unseen", async () => {
    const { headEnd, uplink } = await expectSurvived("dead-bearer@2.5");
    expect(headEnd).toMatchObject({ missingIntervals: 0 });
    expect(uplink.contactChanges.map(({ outcome }) => outcome)).toEqual(["update: timed-out", "delivered"]);
  });

  it.each([
    ["3, which is final,", "reject=3", "attach: denied"],
    ["15", "reject=15", "attach: no-network"],
  ])("when the network refuses it with EMM cause %s", async (_, word, outcome) => {
    const { headEnd, uplink } = await expectSurvived(word);
    expect(headEnd.intervals).toBe(0);
    expect(uplink.contactChanges[0]?.outcome).toBe(outcome);
  });

  it("and delivers, when the network grants an active time of three minutes", async () => {
    const { headEnd } = await expectSurvived("t3324=180");
    expect(headEnd).toMatchObject({ missingIntervals: 0 });
  });

  it("when its SIM is gone", async () => {
    const { headEnd, uplink } = await expectSurvived("no-sim@2.5");
    expect(headEnd.intervals).toBeGreaterThan(24);
    expect(uplink.contactChanges.at(-1)?.outcome).toMatch(/: no-sim$/);
  });

  it("when the head-end takes nothing more and answers nothing", async () => {
    const { headEnd, truth, uplink } = await expectSurvived("silent-head-end@2.5");
    expect(headEnd.forwardPulses).toBeLessThan(truth.forwardPulses);
    expect(uplink.retransmissions).toBeGreaterThan(5);
  });

  it("and delivers, when the network tells no time", async () => {
    const { headEnd, truth, modemResets } = await expectSurvived("no-time");
    expect(headEnd).toMatchObject({ ...truth, intervals: 24 * days - 1, missingIntervals: 0 });
    expect(modemResets).toBe(0);
    expect((await runIn("no-time")).differences).toEqual([]);
  });

  it("when the modem's clock shows UTC with a zone; hourly values have their true times", async () => {
    const { headEnd, truth } = await expectSurvived("utc-clock");
    expect(headEnd).toMatchObject({ ...truth, missingIntervals: 0 });
    expect((await runIn("utc-clock")).differences).toEqual([]);
  });

  it("in several of them at once", async () => {
    await expectSurvived("no-time", "t3324=180", "dead-bearer@1", "dead-bearer@3", "no-sim@4");
  });
});
