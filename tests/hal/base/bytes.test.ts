import { crc32 as zlibCrc32 } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { crc32 } from "../../../hal/base/bytes.js";

fc.configureGlobal({ seed: 32 });

const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "ascii"));

describe("crc32", () => {
  it("gives the catalogue's check value", () => {
    expect(crc32(ascii("123456789"), 9)).toBe(0xcbf43926);
  });

  it("is 0 over nothing", () => {
    expect(crc32(new Uint8Array(4), 0)).toBe(0);
  });

  it("agrees with zlib on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300, size: "max" }), (bytes) => {
        expect(crc32(bytes, bytes.length)).toBe(zlibCrc32(bytes));
      }),
    );
  });

  it("leaves out what comes after the given length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 60 }), (bytes, rest) => {
        const joined = Uint8Array.from([...bytes, ...rest]);
        expect(crc32(joined, bytes.length)).toBe(crc32(bytes, bytes.length));
      }),
    );
  });

  it("notices one and two wrong bits anywhere in a record", () => {
    const bytes = Uint8Array.from({ length: 28 }, (_, index) => index * 37);
    const right = crc32(bytes, 28);
    const flip = (bit: number): void => {
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
    };
    let unnoticed = 0;
    for (let one = 0; one < 224; one++) {
      flip(one);
      if (crc32(bytes, 28) === right) unnoticed++;
      for (let other = 0; other < one; other++) {
        flip(other);
        if (crc32(bytes, 28) === right) unnoticed++;
        flip(other);
      }
      flip(one);
    }
    expect(unnoticed).toBe(0);
  });
});
