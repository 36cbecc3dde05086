import { describe, expect, it } from "@jest/globals";
import { daySeconds, householdOptions, run, simulate } from "../../scenarios/run-meter.js";

describe("the book of a run", () => {
  it("has a sample at each midnight, and one at the end", async () => {
    const simulation = simulate(householdOptions(3, 4));
    const { report } = await simulation.run();
    const { book } = simulation;
    expect(book.midnights.map(({ atSeconds }) => atSeconds / daySeconds)).toEqual([0, 1, 2, 3]);
    expect(book.days).toHaveLength(5);
    expect(book.samples.at(-1)).toMatchObject({
      truePulses: report.truth.forwardPulses,
      registerPulses: report.register.forwardPulses,
      headEndPulses: report.headEnd.forwardPulses,
      wakes: report.wakes,
      reports: report.uplink.reports,
    });
  });

  it("takes samples as often as it is told", async () => {
    const simulation = simulate({ ...householdOptions(1, 4), sampleSeconds: 3600 });
    await simulation.run();
    expect(simulation.book.samples).toHaveLength(26);
    expect(simulation.book.midnights).toHaveLength(2);
  });

  it("refuses steps that do not divide a day", () => {
    expect(() => simulate({ ...householdOptions(1, 4), sampleSeconds: 5000 })).toThrow(
      "stepSeconds 5000 must divide a day",
    );
  });

  it("does not touch the run", async () => {
    const often = await run({ ...householdOptions(2, 4), sampleSeconds: 300 });
    const seldom = await run(householdOptions(2, 4));
    expect(often.report.traceHash).toBe(seldom.report.traceHash);
  });

  it("has the radio's hours apart", async () => {
    const outages = [{ fromSeconds: 1.5 * daySeconds, toSeconds: 9 * daySeconds }];
    const simulation = simulate({ ...householdOptions(3, 4), network: { outages } });
    await simulation.run();
    const [, first, , third] = simulation.book.midnights;
    expect(first?.connectedSeconds).toBeGreaterThan(5);
    expect((third?.searchingSeconds ?? 0) - (first?.searchingSeconds ?? 0)).toBeGreaterThan(100);
  });

  it("counts resets of the chip", async () => {
    const simulation = simulate(householdOptions(1, 4));
    simulation.scheduler.schedule(3600e6, () => {
      simulation.board.reset("watchdog");
    });
    const { report, differences } = await simulation.run();
    expect(report.resets).toBe(1);
    expect(differences.map(({ checker, message }) => `${checker}: ${message}`)).toEqual([
      "bounds: 1 resets of the chip in a day, at most 0 may",
    ]);
  });
});
