import { describe, expect, it } from "@jest/globals";
import { daySeconds, householdOptions, run, simulate } from "./run-meter.js";

describe("the valve", () => {
  it("is opened when the meter is commissioned, and reported open", async () => {
    const simulation = simulate(householdOptions(1, 3));
    await simulation.run();
    expect(simulation.meter.valve.limit("open")).toBe(1);
    expect(simulation.readings?.resources.get("/3306/0/5850")?.value).toBe(true);
  });

  it("is exercised after a month and comes back open", async () => {
    const simulation = simulate(householdOptions(32, 3));
    let smallestAngle = 1;
    simulation.meter.valve.onDriveChange = () => {
      smallestAngle = Math.min(smallestAngle, simulation.meter.valve.angle);
    };
    const { differences } = await simulation.run();
    expect(differences).toEqual([]);
    expect(smallestAngle).toBeLessThan(0.6);
    expect(simulation.meter.valve.limit("open")).toBe(1);
  });

  it("that jams is reported as a peripheral fault, and counting goes on", async () => {
    const simulation = simulate(householdOptions(33, 3));
    simulation.scheduler.schedule(10 * daySeconds * 1e6, () => {
      simulation.meter.valve.faults = { jamAngle: 0.8 };
    });
    const { differences } = await simulation.run();
    expect(differences).toEqual([]);
    expect(simulation.readings?.resources.get("/3/0/11")?.value).toBe(7);
    expect(simulation.readings?.resources.has("/3306/0/5850")).toBe(true);
  });

  it("does not disturb the account of a meter that never drew water", async () => {
    const { report } = await run({
      ...householdOptions(31, 3),
      pulses: { startEpochSeconds: undefined, durationSeconds: undefined, next: () => undefined },
    });
    expect(report.register.forwardPulses).toBe(0);
  });
});
