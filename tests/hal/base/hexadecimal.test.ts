import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { encodeHexadecimal } from "../../../hal/base/bytes.js";
import { decodeHexadecimal } from "../../../hal/base/hexadecimal.js";

describe("hexadecimal data", () => {
  it("has two upper-case digits for each byte", () => {
    expect(encodeHexadecimal(Uint8Array.of(0, 9, 10, 127, 128, 255))).toBe("00090A7F80FF");
  });

  it("comes back as it was", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(decodeHexadecimal(encodeHexadecimal(bytes))).toEqual(bytes);
        expect(encodeHexadecimal(bytes)).toBe(Buffer.from(bytes).toString("hex").toUpperCase());
      }),
      { seed: 660 },
    );
  });

  it("may be lower-case when read", () => {
    expect(decodeHexadecimal("a0ff")).toEqual(Uint8Array.of(160, 255));
  });

  it.each(["A", "0G", "00 1", "+1"])("is not read from %p", (text) => {
    expect(decodeHexadecimal(text)).toBeUndefined();
  });
});
