import { describe, expect, it } from "@jest/globals";
import fastCheck from "fast-check";

import { capability, capabilityIndex } from "../../../jig/report/capability.js";

const values = fastCheck.array(fastCheck.integer({ min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 60 });

describe("capability", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, section 6.1.6.
  it("is the handbook's for its example", () => {
    expect(capabilityIndex(16, 2, { minimum: 8, maximum: 20 })).toBeCloseTo(0.6667, 4);
  });

  // Montgomery, 6th edition, section 8.3.1: the bursting strength of bottles.
  it("looks at one side where there is only one", () => {
    expect(capabilityIndex(264, 32, { minimum: 200, maximum: null })).toBeCloseTo(0.67, 2);
  });

  it("says nothing without bounds, without variation, and for a count that has to be exact", () => {
    expect(capabilityIndex(1, 1, { minimum: null, maximum: null })).toBeNull();
    expect(capability([3, 3, 3], { minimum: 0, maximum: 9 })?.cpk).toBeNull();
    expect(capability([0, 0, 1], { minimum: 0, maximum: 0 })?.cpk).toBeNull();
    expect(capability([3], { minimum: 0, maximum: 9 })).toBeUndefined();
  });

  it("takes the short-term variation for Cpk and the whole for Ppk", () => {
    const figures = capability([1, 2, 1, 2, 1, 2], { minimum: -3, maximum: 6 });
    expect(figures?.withinDeviation).toBeCloseTo(1 / 1.128, 10);
    expect(figures?.deviation).toBeCloseTo(Math.sqrt(0.3), 10);
    expect(figures?.cpk).toBeCloseTo(4.5 / (3 / 1.128), 10);
    expect(figures?.ppk).toBeCloseTo(4.5 / (3 * Math.sqrt(0.3)), 10);
  });

  it("is negative exactly when the mean is outside of the bounds", () => {
    fastCheck.assert(
      fastCheck.property(values, fastCheck.integer({ min: -1000, max: 1000 }), (measured, maximum) => {
        const figures = capability(measured, { minimum: null, maximum });
        if (figures?.ppk === null || figures === undefined) return;
        expect(figures.ppk < 0).toBe(figures.mean > maximum);
      }),
    );
  });

  it("does not depend on the unit in which values and bounds are written", () => {
    fastCheck.assert(
      fastCheck.property(values, (measured) => {
        const one = capability(measured, { minimum: -50, maximum: 70 });
        const other = capability(
          measured.map((value) => value * 1000),
          { minimum: -50_000, maximum: 70_000 },
        );
        expect(other?.cpk ?? 0).toBeCloseTo(one?.cpk ?? 0, 6);
        expect(other?.ppk ?? 0).toBeCloseTo(one?.ppk ?? 0, 6);
      }),
    );
  });
});
