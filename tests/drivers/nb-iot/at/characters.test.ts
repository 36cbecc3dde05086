import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { consistsOf, decimalDigits, hasForm } from "../../../../drivers/nb-iot/at/characters.js";

fc.configureGlobal({ seed: 27_007 });

const text = fc.string({ unit: fc.constantFrom("0", "1", "9", "/", ":", "+", "-", "a"), maxLength: 6 });

describe("comparisons of characters", () => {
  it("find digits as a regular expression does", () => {
    fc.assert(
      fc.property(text, (candidate) => {
        expect(consistsOf(candidate, decimalDigits)).toBe(/^\d*$/.test(candidate));
      }),
    );
  });

  it("find forms as a regular expression does", () => {
    fc.assert(
      fc.property(text, (candidate) => {
        expect(hasForm(candidate, "/0±0")).toBe(/^\/\d[+-]\d$/.test(candidate));
        expect(hasForm(candidate, "00")).toBe(/^\d\d$/.test(candidate));
      }),
    );
    expect(hasForm("/7-3", "/0±0")).toBe(true);
  });
});
