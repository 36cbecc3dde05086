import { describe, expect, it } from "@jest/globals";
import fastCheck from "fast-check";

import { judge, type Limits, type MeasuredValue } from "../../../jig/attempt/limits.js";

const range: Limits = { kind: "range", minimum: 2, maximum: 10, marginalMinimum: 3, marginalMaximum: 9 };
const percent: Limits = { kind: "within-percent", nominal: 200, percent: 5, marginalPercent: 4 };

/** Limits, value, within, marginal. */
const cases: readonly (readonly [Limits, MeasuredValue, boolean, boolean])[] = [
  [range, 1.999, false, false],
  [range, 2, true, true],
  [range, 2.999, true, true],
  [range, 3, true, false],
  [range, 9, true, false],
  [range, 10, true, true],
  [range, 10.001, false, false],
  [range, NaN, false, false],
  [range, "5", false, false],
  [{ kind: "range", maximum: 4 }, -1e9, true, false],
  [{ kind: "range", minimum: 4 }, 1e9, true, false],
  [percent, 190, true, true],
  [percent, 189.9, false, false],
  [percent, 208, true, false],
  [percent, 210, true, true],
  [percent, 210.1, false, false],
  [{ kind: "within-percent", nominal: -100, percent: 1 }, -101, true, false],
  [{ kind: "equals", value: 0 }, 0, true, false],
  [{ kind: "equals", value: 0 }, "0", false, false],
  [{ kind: "equals", value: "idle" }, "idle", true, false],
  [{ kind: "equals", value: true }, false, false, false],
  [{ kind: "regex", pattern: "\\d{15}" }, "490154203237518", true, false],
  [{ kind: "regex", pattern: "\\d{15}" }, "4901542032375181", false, false],
  [{ kind: "regex", pattern: "a|b" }, "ab", false, false],
  [{ kind: "regex", pattern: "\\d+" }, 15, false, false],
];

describe("limits", () => {
  it.each(cases)("%j judge %j", (limits, value, isWithin, isMarginal) => {
    expect(judge(limits, value)).toEqual({ isWithin, isMarginal });
  });

  it("call nothing marginal that is outside", () => {
    fastCheck.assert(
      fastCheck.property(fastCheck.double(), fastCheck.constantFrom(range, percent), (value, limits) => {
        const { isWithin, isMarginal } = judge(limits, value);
        expect(isMarginal && !isWithin).toBe(false);
      }),
    );
  });
});
