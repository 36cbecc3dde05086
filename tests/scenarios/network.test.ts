import { describe, expect, it } from "@jest/globals";
import { daySeconds, householdOptions, run, simulate } from "./run-meter.js";

describe("a contact that fails", () => {
  it("is told with its stage and reason in the event log, once for each change", async () => {
    const outages = [{ fromSeconds: 2 * daySeconds, toSeconds: 7 * daySeconds }];
    const { report } = await run({ ...householdOptions(9, 4), network: { outages } });
    expect(report.uplink.contactChanges.map(({ outcome }) => outcome)).toEqual([
      "attach: no-network",
      "delivered",
    ]);
  });

  it("is told of a SIM that is gone", async () => {
    const simulation = simulate(householdOptions(6, 4));
    simulation.scheduler.schedule(1.5 * daySeconds * 1e6, () => {
      simulation.meter.modem.seatSim(false);
    });
    const { report } = await simulation.run();
    const outcomes = report.uplink.contactChanges.map(({ outcome }) => outcome);
    expect(outcomes[0]).toMatch(/: no-sim$/);
  });
});

describe("delivery", () => {
  it("catches up on every missed day after ten days without a network", async () => {
    const outages = [{ fromSeconds: 2 * daySeconds, toSeconds: 12 * daySeconds }];
    const { report, differences } = await run({ ...householdOptions(15, 4), network: { outages } });
    expect(differences).toEqual([]);
    expect(report.headEnd).toMatchObject({ missingIntervals: 0, duplicateIntervals: 0 });
    expect(report.headEnd.intervals).toBeGreaterThanOrEqual(15 * 24 - 2);
  });

  it("begins counting before it has ever seen a network", async () => {
    const outages = [{ fromSeconds: 0, toSeconds: 2 * daySeconds }];
    const { report, differences } = await run({ ...householdOptions(5, 4), network: { outages } });
    expect(differences).toEqual([]);
    expect(report.headEnd).toMatchObject(report.truth);
  });

  it("gets every interval through a network that loses a third and doubles a tenth", async () => {
    const network = { uplinkLossOdds: 0.33, downlinkLossOdds: 0.33, duplicationOdds: 0.1 };
    const { report, differences } = await run({ ...householdOptions(20, 9), network });
    expect(differences).toEqual([]);
    expect(report.uplink.retransmissions).toBeGreaterThan(5);
    expect(report.headEnd).toMatchObject({ missingIntervals: 0, duplicateIntervals: 0 });
  });

  it("registers anew with a head-end that was restarted", async () => {
    const simulation = simulate(householdOptions(5, 6));
    simulation.scheduler.schedule(2.5 * daySeconds * 1e6, () => {
      simulation.headEnd.restart();
    });
    const { report, differences } = await simulation.run();
    expect(differences).toEqual([]);
    expect(report.headEnd).toMatchObject({ ...report.truth, missingIntervals: 0 });
  });

  it("goes on the same day when the modem's bearer has died, of which neither side knows", async () => {
    const simulation = simulate(householdOptions(5, 6));
    simulation.scheduler.schedule(2.8 * daySeconds * 1e6, () => {
      simulation.meter.network.breakBearers();
    });
    const { report, differences } = await simulation.run();
    expect(differences).toEqual([]);
    expect(report.uplink.contactChanges.map(({ outcome }) => outcome)).toEqual([
      "update: timed-out",
      "delivered",
    ]);
    const [failed, delivered] = report.uplink.contactChanges.map(({ time }) => Date.parse(time ?? ""));
    expect((delivered ?? 0) - (failed ?? 0)).toBeLessThan(3_600_000);
  });

  it("goes on after the modem froze, which a reset cures", async () => {
    const simulation = simulate(householdOptions(4, 6));
    simulation.scheduler.schedule(1.5 * daySeconds * 1e6, () => {
      simulation.meter.modem.freeze();
    });
    const { differences } = await simulation.run();
    expect(differences).toEqual([]);
  });

  it("writes nothing into the flash of a modem that is configured, over restarts of the modem too", async () => {
    const simulation = simulate(householdOptions(6, 4));
    const { modem } = simulation.meter;
    const writes: number[] = [];
    for (const day of [1, 3, 5])
      simulation.scheduler.schedule(day * daySeconds * 1e6, () => {
        writes.push(modem.flashWrites);
        modem.setReset(true);
        simulation.scheduler.schedule(100_000, () => {
          modem.setReset(false);
        });
      });
    const { differences } = await simulation.run();
    expect(differences).toEqual([]);
    expect(new Set(writes).size).toBe(1);
  });

  it("spreads the daily reports of many meters over the window", async () => {
    const secondsOfDay = new Set<number>();
    for (let seed = 1; seed <= 12; seed++) {
      const simulation = simulate(householdOptions(2, seed));
      const checked = simulation.headEnd.onReport;
      simulation.headEnd.onReport = (report) => {
        checked?.(report);
        if (simulation.scheduler.nowMicroseconds > daySeconds * 1e6 && !secondsOfDay.has(seed))
          secondsOfDay.add(Math.floor((simulation.epochSeconds % daySeconds) / 60));
      };
      await simulation.run();
    }
    expect(secondsOfDay.size).toBeGreaterThan(12);
  });

  it("gets every interval, once a day, from a meter whose flash refuses to keep what was acknowledged", async () => {
    const simulation = simulate(householdOptions(8, 6));
    const part = simulation.meter.flash.partition("delivery");
    if (!part) throw new Error("the meter has no such partition");
    part.flash.program = () => false;
    const { report, differences } = await simulation.run();
    expect(differences).toEqual([]);
    expect(report.headEnd).toMatchObject({ ...report.truth, missingIntervals: 0 });
    expect(report.uplink.reports).toBeLessThan(14);
    expect(report.uplink.contactChanges[0]?.outcome).toBe("send: flash-failed");
  });
});
