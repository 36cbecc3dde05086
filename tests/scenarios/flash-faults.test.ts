import { describe, expect, it } from "@jest/globals";
import type { Simulation } from "../../sim/run/simulation.js";
import { daySeconds, householdOptions, simulate } from "./run-meter.js";

/** From the second day on, the partitions that are named refuse every program and erase, for `days`. */
function refuseChanges(simulation: Simulation, isNamed: (label: string) => boolean, days: number): void {
  for (const { label, flash } of simulation.meter.flash.partitions) {
    if (!isNamed(label)) continue;
    const program = flash.program.bind(flash);
    const erase = flash.erase.bind(flash);
    let isRefused = false;
    flash.program = (address, bytes) => !isRefused && program(address, bytes);
    flash.erase = (address) => !isRefused && erase(address);
    simulation.scheduler.schedule(daySeconds * 1e6, () => {
      isRefused = true;
    });
    simulation.scheduler.schedule((1 + days) * daySeconds * 1e6, () => {
      isRefused = false;
    });
  }
}

describe("a meter whose flash fails", () => {
  it("in every log counts on and writes its register down", async () => {
    const simulation = simulate(householdOptions(3, 12));
    refuseChanges(simulation, (label) => label !== "journal", 2);
    const { report } = await simulation.run();
    expect(report.truth.forwardPulses).toBeGreaterThan(0);
    expect(report.register).toEqual(report.truth);
  });

  it("altogether for a day loses no pulse, and reports them after it", async () => {
    const simulation = simulate(householdOptions(3, 12));
    refuseChanges(simulation, () => true, 1);
    const { report } = await simulation.run();
    expect(report.register).toEqual(report.truth);
    expect(report.headEnd.forwardPulses).toBe(report.truth.forwardPulses);
  });
});
