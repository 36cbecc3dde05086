import { describe, expect, it } from "@jest/globals";
import { Encoder } from "cbor-x";
import fc from "fast-check";
import { type CborValue, decodeCbor } from "../../../../firmware/wire/cbor/decoder.js";
import { CborEncoder } from "../../../../firmware/wire/cbor/encoder.js";
import { cborValue, encodeValue } from "./encode-value.js";
import { fromHex } from "./hex.js";
import { oracleDecode } from "./oracle.js";

fc.configureGlobal({ seed: 8949 });

const oracleEncoder = new Encoder({ mapsAsObjects: false, useRecords: false, tagUint8Array: false });
const failures = ["truncated", "trailing", "malformed", "unsupported", "too-large", "too-deep"];

function decodeHex(hex: string): unknown {
  return decodeCbor(fromHex(hex));
}

describe("decodeCbor", () => {
  // RFC 8949, appendix A, as far as it belongs to our subset.
  it.each<[string, CborValue]>([
    ["00", 0],
    ["17", 23],
    ["1818", 24],
    ["1903e8", 1000],
    ["1a000f4240", 1000000],
    ["1b000000e8d4a51000", 1000000000000],
    ["20", -1],
    ["3903e7", -1000],
    ["f98000", -0],
    ["f93c00", 1],
    ["f97bff", 65504],
    ["f90001", 5.960464477539063e-8],
    ["f97e00", NaN],
    ["fa47c35000", 100000],
    ["fa7f800000", Infinity],
    ["fb7e37e43c8800759c", 1e300],
    ["fbc010666666666666", -4.1],
    ["f4", false],
    ["f5", true],
    ["4401020304", Uint8Array.of(1, 2, 3, 4)],
    ["6449455446", "IETF"],
    ["80", []],
    ["8301820203820405", [1, [2, 3], [4, 5]]],
    [
      "a201020304",
      new Map([
        [1, 2],
        [3, 4],
      ]),
    ],
    ["826161a161626163", ["a", new Map([["b", "c"]])]],
  ])("reads %s", (hex, value) => {
    expect(decodeHex(hex)).toStrictEqual({ ok: true, value });
  });

  it("takes integers in longer forms than they need", () => {
    expect(decodeHex("1b0000000000000001")).toStrictEqual({ ok: true, value: 1 });
  });

  it("reads the safe integers to both ends and no further", () => {
    expect(decodeHex("1b001fffffffffffff")).toStrictEqual({ ok: true, value: Number.MAX_SAFE_INTEGER });
    expect(decodeHex("3b001ffffffffffffe")).toStrictEqual({ ok: true, value: Number.MIN_SAFE_INTEGER });
    expect(decodeHex("1b0020000000000000")).toEqual({ ok: false, code: "too-large" });
    expect(decodeHex("3b001fffffffffffff")).toEqual({ ok: false, code: "too-large" });
    expect(decodeHex("1bffffffffffffffff")).toEqual({ ok: false, code: "too-large" });
  });

  it.each([
    ["", "truncated"],
    ["19 03", "truncated"],
    ["44 010203", "truncated"],
    ["82 01", "truncated"],
    ["0000", "trailing"],
    ["1c", "malformed"],
    ["fc", "malformed"],
    ["f8 18", "malformed"],
    ["a2 0101 0102", "malformed"],
    ["9fff", "unsupported"],
    ["5f42010243030405ff", "unsupported"],
    ["c074323031332d30332d32315432303a30343a30305a", "unsupported"],
    ["f6", "unsupported"],
    ["ff", "malformed"],
    ["f8ff", "unsupported"],
    ["62c3bc", "unsupported"],
    ["a1 8001", "unsupported"],
    ["a1 f4 01", "unsupported"],
  ])("refuses %p as %s", (hex, code) => {
    expect(decodeHex(hex)).toEqual({ ok: false, code });
  });

  it("refuses nesting beyond the limit and takes it up to there", () => {
    expect(decodeHex("81".repeat(8) + "00")).toMatchObject({ ok: true });
    expect(decodeHex("81".repeat(9) + "00")).toEqual({ ok: false, code: "too-deep" });
    expect(decodeHex("81".repeat(100_000))).toEqual({ ok: false, code: "too-deep" });
    expect(decodeCbor(fromHex("8100"), 0)).toEqual({ ok: false, code: "too-deep" });
  });

  it("refuses a count that the bytes can't hold before it builds anything", () => {
    expect(decodeHex("9affffffff")).toEqual({ ok: false, code: "truncated" });
    expect(decodeHex("bb00ffffffffffffff0000")).toEqual({ ok: false, code: "truncated" });
    expect(decodeHex("5bffffffffffffffff00")).toEqual({ ok: false, code: "truncated" });
  });

  it("reads bytes in the middle of a larger buffer", () => {
    expect(decodeCbor(fromHex("ff1903e8ff").subarray(1, 4))).toEqual({ ok: true, value: 1000 });
  });

  it("gives back what our encoder was given", () => {
    fc.assert(
      fc.property(cborValue, (value) => {
        expect(decodeCbor(encodeValue(new CborEncoder(), value).finish())).toStrictEqual({ ok: true, value });
      }),
    );
  });

  it("reads what an independent encoder wrote as an independent decoder does", () => {
    fc.assert(
      fc.property(cborValue, (value) => {
        const bytes = Uint8Array.from(oracleEncoder.encode(value));
        expect(decodeCbor(bytes)).toStrictEqual({ ok: true, value: oracleDecode(bytes) });
      }),
    );
  });

  it("answers random bytes with a value or a declared failure", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const outcome = decodeCbor(bytes);
        if (!outcome.ok) expect(failures).toContain(outcome.code);
      }),
      { numRuns: 3000 },
    );
  });

  it("calls every proper beginning of an item truncated", () => {
    fc.assert(
      fc.property(cborValue, fc.nat(), (value, cut) => {
        const bytes = encodeValue(new CborEncoder(), value).finish();
        expect(decodeCbor(bytes.subarray(0, cut % bytes.length))).toEqual({ ok: false, code: "truncated" });
      }),
    );
  });
});
