import { describe, expect, it } from "@jest/globals";
import { type DeviceFigures, microcoulombsOf, missedLimits } from "../bench/device/figures.js";
import { measureSha256Block } from "../bench/device/sha256.js";
import { describeOnRv32 } from "../on-rv32.js";

const atTheLimits: DeviceFigures = {
  ramBytes: 65_536,
  bytecodeBytes: 262_144,
  imageBytes: 1_310_720,
  instructions: {
    hourlyWake: 1_500_000,
    commissionedWake: 1_500_000,
    dailyReport: 25_000_000,
    coldRecovery: 99_000_000,
    pulseSample: 120,
    sha256Block: 5000,
  },
};

describe("the limits of the chip", () => {
  it("are met by figures that reach them", () => {
    expect(missedLimits(atTheLimits)).toEqual([]);
  });

  it("are missed by one more of each, and each is named", () => {
    const { instructions } = atTheLimits;
    const missed = missedLimits({
      ...atTheLimits,
      ramBytes: 65_537,
      bytecodeBytes: 262_145,
      imageBytes: 1_310_721,
      instructions: {
        ...instructions,
        hourlyWake: 1_500_001,
        commissionedWake: 1_500_001,
        dailyReport: 25_000_001,
      },
    });
    expect(missed).toEqual([
      "RAM beyond the baseline, bytes: 65537, at most 65536",
      "bytecode, bytes: 262145, at most 262144",
      "image, bytes: 1310721, at most 1310720",
      "hourly wake, instructions: 1500001, at most 1500000",
      "hourly wake, commissioned, instructions: 1500001, at most 1500000",
      "daily report, instructions: 25000001, at most 25000000",
    ]);
  });

  it("come with a charge: a million instructions take 6.25 ms at 23 mA", () => {
    expect(microcoulombsOf(1_000_000)).toBeCloseTo(143.75, 9);
  });
});

describeOnRv32("a block of SHA-256", () => {
  it("has the right digest, and its instructions are counted", async () => {
    const instructions = await measureSha256Block();
    expect(instructions).toBeGreaterThan(2000);
    expect(instructions).toBeLessThan(10_000);
  });
});
