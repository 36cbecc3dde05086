import { describe, expect, it } from "@jest/globals";
import type { MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import type { FaultSelection } from "../../../sim/chaos/chaos-options.js";
import type { ChaosViolation } from "../../../sim/chaos/findings.js";
import { chaosRun } from "./chaos-bench.js";

const powerCuts: FaultSelection = new Set(["powerCuts"]);

/** What the checkers say when the meter's records are altered on their way to them. */
async function violationsOf(
  tamper: (record: MeterRecord) => MeterRecord,
  selection: FaultSelection = new Set(),
): Promise<readonly ChaosViolation[]> {
  return (await chaosRun(24, 8, selection, tamper).run()).violations;
}

describe("the checkers", () => {
  it("find nothing in a meter without faults", async () => {
    expect(await violationsOf((record) => record)).toEqual([]);
  });

  it("find a pulse that was counted twice", async () => {
    const violations = await violationsOf((record) =>
      record.sequence === 30 ? { ...record, forwardPulses: record.forwardPulses + 1 } : record,
    );
    expect(violations[0]?.checker).toBe("register");
    expect(violations[0]?.message).toMatch(/forwardPulses is \d+, counted were \d+/);
  });

  it("find a pulse that was lost without a removal of the battery", async () => {
    const violations = await violationsOf((record) =>
      record.cause === "pulses" ? { ...record, forwardPulses: record.forwardPulses - 1 } : record,
    );
    expect(violations[0]?.checker).toBe("register");
  });

  it("find a record that was complete and is gone when the battery goes", async () => {
    const violations = await violationsOf(
      (record) => ({ ...record, forwardPulses: record.forwardPulses + 500 }),
      powerCuts,
    );
    expect(violations.some(({ message }) => / was written, \d+ is left/.test(message))).toBe(true);
  });

  it("find an interval that is reported otherwise than it was written down", async () => {
    const violations = await violationsOf((record) =>
      record.cause === "interval" && record.epochSeconds % 86_400 === 43_200
        ? { ...record, forwardPulses: record.forwardPulses + 1 }
        : record,
    );
    expect(violations.some(({ checker }) => checker === "intervals")).toBe(true);
  });

  it("find a magnet that the records keep quiet about", async () => {
    const { violations } = await chaosRun(45, 8, new Set(["magnets"]), (record) => ({
      ...record,
      magnetPresent: false,
    })).run();
    expect(
      violations.some(({ checker, message }) => checker === "magnet" && /input differs/.test(message)),
    ).toBe(true);
  });
});
