import { describe, expect, it } from "@jest/globals";
import { decode } from "cbor-x";
import fc from "fast-check";
import { halfFloatBits, halfFloatValue } from "../../../../firmware/wire/cbor/half-float.js";

fc.configureGlobal({ seed: 8949 });

describe("half floats", () => {
  it("give every one of the 65,536 patterns back, NaN as the one quiet NaN", () => {
    const wrong: number[] = [];
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = halfFloatValue(bits);
      if (halfFloatBits(value) !== (Number.isNaN(value) ? 0x7e00 : bits)) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it("mean what an independent decoder reads", () => {
    const wrong: number[] = [];
    for (let bits = 0; bits < 0x10000; bits++) {
      const expected: unknown = decode(Buffer.of(0xf9, bits >>> 8, bits & 0xff));
      if (!Object.is(halfFloatValue(bits), expected)) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it("never hold a number that they change", () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.float(), fc.integer({ min: -70000, max: 70000 })), (value) => {
        const bits = halfFloatBits(value);
        if (bits !== undefined) expect(halfFloatValue(bits)).toBe(value);
      }),
    );
  });
});
