import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { modularDifference } from "../../../hal/base/modular-difference.js";

const counter = fc.integer({ min: 0, max: 0xffff_ffff });

describe("the modular difference", () => {
  it("counts across the wrap at 2^32", () => {
    expect(modularDifference(3, 4_294_967_294)).toBe(5);
  });

  it("is 0 when nothing was counted", () => {
    expect(modularDifference(4_294_967_295, 4_294_967_295)).toBe(0);
  });

  it("reaches beyond 2^31", () => {
    expect(modularDifference(0xffff_ffff, 0)).toBe(4_294_967_295);
  });

  it("gives back whatever was added to a free-running counter", () => {
    fc.assert(
      fc.property(counter, counter, (earlier, added) => {
        expect(modularDifference((earlier + added) % 2 ** 32, earlier)).toBe(added);
      }),
    );
  });
});
