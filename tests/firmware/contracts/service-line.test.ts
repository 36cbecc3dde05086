import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { crc16 } from "../../../hal/base/crc16.js";
import { openLine, sealLine } from "../../../firmware/contracts/service-line.js";

const printable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});

describe("the check digits of a line", () => {
  it("are the CRC-16/X-25, whose check value is 0x906E", () => {
    const bytes = new Uint8Array([...Array(9).keys()].map((index) => 0x31 + index));
    expect(crc16(bytes, 9)).toBe(0x906e);
    expect(sealLine("123456789")).toBe("123456789*906E");
  });

  it("let every message through that they were made for", () => {
    fc.assert(
      fc.property(printable, (message) => {
        expect(openLine(sealLine(message))).toBe(message);
      }),
    );
  });

  it("may be in small letters", () => {
    expect(openLine("123456789*906e")).toBe("123456789");
  });

  it("show any one character that has changed", () => {
    fc.assert(
      fc.property(printable, fc.nat(), fc.integer({ min: 0, max: 0xff }), (message, at, code) => {
        const line = sealLine(message);
        const place = at % line.length;
        const noisy = line.slice(0, place) + String.fromCharCode(code) + line.slice(place + 1);
        fc.pre(noisy.toUpperCase() !== line.toUpperCase());
        expect(openLine(noisy)).toBeUndefined();
      }),
    );
  });

  it.each(["", "*", "906E", "*0001", "123456789", "123456789*906", "123456789*906G", "123456789 906E"])(
    "are missing in %j",
    (line) => {
      expect(openLine(line)).toBeUndefined();
    },
  );

  it("are no help to a message that is not printable ASCII", () => {
    expect(() => sealLine("§")).toThrow(RangeError);
    expect(() => sealLine("a\nb")).toThrow(RangeError);
  });
});
