import { describe, expect, it } from "@jest/globals";
import {
  decodeActiveTime,
  encodeActiveTime,
  encodePeriodicUpdate,
} from "../../../../drivers/nb-iot/at/power-saving-timers.js";

describe("T3412 extended (3GPP TS 24.008, 10.5.7.4a)", () => {
  it.each([
    [2, "01100001"],
    [62, "01111111"],
    [90, "10000011"],
    [300, "10100101"],
    [1860, "10111111"],
    [2400, "00000100"],
    [3600, "00100001"],
    [43_200, "00101100"],
    [86_400, "00111000"],
    [360_000, "01001010"],
    [1_152_000, "11000001"],
    [35_712_000, "11011111"],
  ])("encodes %d s as %s", (seconds, bits) => {
    expect(encodePeriodicUpdate(seconds)).toBe(bits);
  });

  it("takes the next longer step for a time between two steps", () => {
    expect(encodePeriodicUpdate(63)).toBe("10000011");
    expect(encodePeriodicUpdate(31 * 3600 + 1)).toBe("01000100");
  });

  it.each([0, 1, 2.5, NaN, 35_712_001])("refuses %d s", (seconds) => {
    expect(() => encodePeriodicUpdate(seconds)).toThrow(RangeError);
  });
});

describe("T3324 (3GPP TS 24.008, 10.5.7.3)", () => {
  it.each([
    [2, "00000001"],
    [30, "00001111"],
    [62, "00011111"],
    [240, "00100100"],
    [1860, "00111111"],
    [2160, "01000110"],
    [11_160, "01011111"],
  ])("encodes and decodes %d s as %s", (seconds, bits) => {
    expect(encodeActiveTime(seconds)).toBe(bits);
    expect(decodeActiveTime(bits)).toBe(seconds);
  });

  it("takes the next longer step for a time between two steps", () => {
    expect(encodeActiveTime(63)).toBe("00100010");
  });

  it("reads a deactivated timer as none", () => {
    expect(decodeActiveTime("11100000")).toBeUndefined();
  });

  it("counts minutes in the units that the standard leaves open", () => {
    expect(decodeActiveTime("01100010")).toBe(120);
  });

  it.each(["", "0000111", "0000111x", "000011110"])("reads %p as none", (bits) => {
    expect(decodeActiveTime(bits)).toBeUndefined();
  });

  it.each([1, 11_161])("refuses %d s", (seconds) => {
    expect(() => encodeActiveTime(seconds)).toThrow(RangeError);
  });
});
