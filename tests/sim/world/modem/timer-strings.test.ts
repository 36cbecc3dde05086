import { describe, expect, it } from "@jest/globals";
import {
  decodeActive,
  decodePeriodicUpdate,
  encodeActive,
  periodicUpdateBits,
} from "../../../../sim/world/modem/timer-strings.js";

describe("the timer strings of 3GPP TS 24.008", () => {
  it.each([
    ["00000110", 3_600],
    ["00101000", 28_800],
    ["01000001", 36_000],
    ["01100101", 10],
    ["10000010", 60],
    ["10100011", 180],
    ["11000001", 1_152_000],
    ["11100000", undefined],
  ])("read T3412 %s as %p s", (bits, seconds) => {
    expect(decodePeriodicUpdate(bits)).toBe(seconds);
  });

  it.each([
    ["00000101", 10],
    ["00100010", 120],
    ["01000001", 360],
    ["11100000", undefined],
  ])("read T3324 %s as %p s", (bits, seconds) => {
    expect(decodeActive(bits)).toBe(seconds);
  });

  it("write the finest unit that reaches, rounded up", () => {
    expect(periodicUpdateBits(86_400)).toBe("00111000");
    expect(periodicUpdateBits(61)).toBe("01111111");
    expect(periodicUpdateBits(63)).toBe("10000011");
    expect(periodicUpdateBits(undefined)).toBe("11100000");
    expect(encodeActive(0)).toBe("00000000");
    expect(encodeActive(65)).toBe("00100010");
    expect(encodeActive(20_000)).toBe("11100000");
  });
});
