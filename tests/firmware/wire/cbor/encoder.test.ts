import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CborEncoder } from "../../../../firmware/wire/cbor/encoder.js";
import { cborValue, encodeValue } from "./encode-value.js";
import { fromHex, toHex } from "./hex.js";
import { oracleDecode } from "./oracle.js";

fc.configureGlobal({ seed: 8949 });

describe("CborEncoder", () => {
  // RFC 8949, appendix A.
  it.each([
    [0, "00"],
    [1, "01"],
    [10, "0a"],
    [23, "17"],
    [24, "1818"],
    [25, "1819"],
    [100, "1864"],
    [1000, "1903e8"],
    [1000000, "1a000f4240"],
    [1000000000000, "1b000000e8d4a51000"],
    [-1, "20"],
    [-10, "29"],
    [-100, "3863"],
    [-1000, "3903e7"],
  ])("writes the integer %p in its shortest form", (value, hex) => {
    expect(toHex(new CborEncoder().integer(value).finish())).toBe(hex);
  });

  it("writes the largest and the smallest safe integer", () => {
    expect(toHex(new CborEncoder().integer(Number.MAX_SAFE_INTEGER).finish())).toBe("1b001fffffffffffff");
    expect(toHex(new CborEncoder().integer(Number.MIN_SAFE_INTEGER).finish())).toBe("3b001ffffffffffffe");
  });

  it("refuses numbers that are no safe integers", () => {
    expect(() => new CborEncoder().integer(2 ** 53)).toThrow(RangeError);
    expect(() => new CborEncoder().integer(0.5)).toThrow(RangeError);
  });

  // RFC 8949, appendix A.
  it.each([
    [0, "f90000"],
    [-0, "f98000"],
    [1, "f93c00"],
    [1.1, "fb3ff199999999999a"],
    [1.5, "f93e00"],
    [65504, "f97bff"],
    [100000, "fa47c35000"],
    [3.4028234663852886e38, "fa7f7fffff"],
    [1e300, "fb7e37e43c8800759c"],
    [5.960464477539063e-8, "f90001"],
    [0.00006103515625, "f90400"],
    [-4, "f9c400"],
    [-4.1, "fbc010666666666666"],
    [Infinity, "f97c00"],
    [NaN, "f97e00"],
    [-Infinity, "f9fc00"],
  ])("writes the float %p in the shortest form that holds it", (value, hex) => {
    expect(toHex(new CborEncoder().float(value).finish())).toBe(hex);
  });

  it("writes booleans, byte strings and text as RFC 8949, appendix A, does", () => {
    expect(toHex(new CborEncoder().boolean(false).finish())).toBe("f4");
    expect(toHex(new CborEncoder().boolean(true).finish())).toBe("f5");
    expect(toHex(new CborEncoder().byteString(new Uint8Array(0)).finish())).toBe("40");
    expect(toHex(new CborEncoder().byteString(fromHex("01020304")).finish())).toBe("4401020304");
    expect(toHex(new CborEncoder().text("").finish())).toBe("60");
    expect(toHex(new CborEncoder().text("IETF").finish())).toBe("6449455446");
    expect(toHex(new CborEncoder().text('"\\').finish())).toBe("62225c");
  });

  it("nests arrays and maps as RFC 8949, appendix A, does", () => {
    const nested = new CborEncoder().array(3).integer(1);
    nested.array(2).integer(2).integer(3).array(2).integer(4).integer(5);
    expect(toHex(nested.finish())).toBe("8301820203820405");
    const map = new CborEncoder().map(2).text("a").integer(1).text("b").array(2).integer(2).integer(3);
    expect(toHex(map.finish())).toBe("a26161016162820203");
    expect(toHex(new CborEncoder().map(0).finish())).toBe("a0");
  });

  it("grows beyond the buffer it began with", () => {
    const encoder = new CborEncoder(1).array(3).text("x".repeat(300)).byteString(new Uint8Array(1000));
    expect(encoder.float(1.1).finish()).toHaveLength(1 + 303 + 1003 + 9);
  });

  it("refuses text that is not ASCII", () => {
    expect(() => new CborEncoder().text("m³")).toThrow(RangeError);
  });

  it("refuses to finish before every announced item is there", () => {
    expect(() => new CborEncoder().finish()).toThrow("1 items are missing");
    expect(() => new CborEncoder().map(1).integer(1).finish()).toThrow("1 items are missing");
  });

  it("refuses an item that nobody announced", () => {
    expect(() => new CborEncoder().array(1).integer(1).integer(2)).toThrow("the item is complete");
  });

  it("writes what an independent decoder reads back", () => {
    fc.assert(
      fc.property(cborValue, (value) => {
        const bytes = encodeValue(new CborEncoder(), value).finish();
        expect(oracleDecode(bytes)).toStrictEqual(value);
      }),
    );
  });
});
