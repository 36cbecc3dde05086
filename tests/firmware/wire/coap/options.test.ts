import { describe, expect, it } from "@jest/globals";
import {
  integerOption,
  isCritical,
  optionInteger,
  optionTexts,
  textOption,
} from "../../../../firmware/wire/coap/options.js";
import { toHex } from "../cbor/hex.js";

describe("options", () => {
  it.each([
    [0, ""],
    [1, "01"],
    [112, "70"],
    [255, "ff"],
    [256, "0100"],
    [11542, "2d16"],
    [65535, "ffff"],
  ])("write the integer %p in the fewest bytes", (value, hex) => {
    expect(toHex(integerOption(17, value).value)).toBe(hex);
    expect(optionInteger([integerOption(17, value)], 17)).toBe(value);
  });

  it("refuse integers beyond 16 bits and text that is not ASCII", () => {
    expect(() => integerOption(17, 65536)).toThrow(RangeError);
    expect(() => integerOption(17, -1)).toThrow(RangeError);
    expect(() => textOption(11, "é")).toThrow(RangeError);
  });

  it("read integers of up to 4 bytes, leading zeros included, and nothing longer", () => {
    expect(optionInteger([{ number: 17, value: Uint8Array.of(0, 0, 0, 112) }], 17)).toBe(112);
    expect(optionInteger([{ number: 17, value: Uint8Array.of(0xff, 0xff, 0xff, 0xff) }], 17)).toBe(
      0xffffffff,
    );
    expect(optionInteger([{ number: 17, value: new Uint8Array(5) }], 17)).toBeNaN();
    expect(optionInteger([], 17)).toBeUndefined();
  });

  it("read repeated text in order", () => {
    const options = [textOption(8, "rd"), textOption(11, "x"), textOption(8, "5a3f")];
    expect(optionTexts(options, 8)).toEqual(["rd", "5a3f"]);
  });

  it("are critical when their number is odd", () => {
    expect([11, 12, 17, 23, 60].map((number) => isCritical({ number, value: new Uint8Array(0) }))).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});
