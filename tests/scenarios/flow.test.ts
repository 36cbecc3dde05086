import { describe, expect, it } from "@jest/globals";
import { daySeconds, householdOptions, pulsesAt, run, steadyFlow } from "./run-meter.js";

describe("the register", () => {
  it("keeps reverse flow apart from forward flow", async () => {
    const pulses = pulsesAt([
      ...steadyFlow(3600, 7200, 4),
      ...steadyFlow(8000, 8400, 5, -1),
      ...steadyFlow(9000, 9900, 3),
    ]);
    const { report, differences } = await run({ ...householdOptions(1, 2), pulses });
    expect(differences).toEqual([]);
    expect(report.register).toEqual({ forwardPulses: 1200, reversePulses: 80 });
    expect(report.headEnd).toMatchObject({ forwardPulses: 1200, reversePulses: 80 });
  });

  it("counts with a single reed too", async () => {
    const pulses = pulsesAt(steadyFlow(100, 5000, 1.15));
    const { report, differences } = await run({ ...householdOptions(1, 2), pulses, sensor: "single-reed" });
    expect(differences).toEqual([]);
    expect(report.register.forwardPulses).toBe(report.truth.forwardPulses);
  });

  it("loses nothing at the fastest flow a reed can give, through reports and interval ends", async () => {
    const pulses = pulsesAt(steadyFlow(60, 4 * 3600, 0.06));
    const { report, differences } = await run({ ...householdOptions(0.25, 5), pulses });
    expect(differences).toEqual([]);
    expect(report.truth.forwardPulses).toBeGreaterThan(200_000);
  });

  it("stands still while nothing flows, and still reports every interval", async () => {
    const { report, differences } = await run({ ...householdOptions(3, 2), pulses: pulsesAt([]) });
    expect(differences).toEqual([]);
    expect(report.register.forwardPulses).toBe(0);
    // One more when the date came within the minute after midnight in which that boundary can still be told.
    expect([71, 72]).toContain(report.headEnd.intervals);
    expect(report.headEnd.missingIntervals).toBe(0);
  });

  it("takes interval values on time with a crystal that is off by 30 ppm", async () => {
    const options = householdOptions(14, 8);
    for (const driftPartsPerMillion of [-30, 30]) {
      const { differences } = await run({ ...householdOptions(14, 8), driftPartsPerMillion });
      expect(differences).toEqual([]);
    }
    expect(options.durationSeconds).toBe(14 * daySeconds);
  });
});
