import { describe, expect, it } from "@jest/globals";
import fastCheck from "fast-check";

import { individualsChart } from "../../../jig/report/individuals-chart.js";

// Montgomery, 6th edition, example 6.5: weekly costs of processing loan applications.
const costs = [
  310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304,
];

describe("the chart of individuals", () => {
  it("has the textbook's limits for its example", () => {
    const chart = individualsChart(costs);
    expect(chart?.mean).toBeCloseTo(300.5, 10);
    expect(chart?.meanRange).toBeCloseTo(7.79, 2);
    expect(chart?.upperLimit).toBeCloseTo(321.22, 2);
    expect(chart?.lowerLimit).toBeCloseTo(279.78, 2);
    expect(chart?.rangeLimit).toBeCloseTo(25.45, 2);
    expect(chart?.signals).toEqual([]);
  });

  it("names the values and the ranges beyond their limits", () => {
    const chart = individualsChart([...costs, 345]);
    expect(chart?.signals).toEqual([20]);
    expect(chart?.rangeSignals).toEqual([19]);
  });

  it("needs two values", () => {
    expect(individualsChart([1])).toBeUndefined();
    expect(individualsChart([1, 2])?.ranges).toEqual([1]);
  });

  it("moves with its values, and its ranges do not", () => {
    const values = fastCheck.array(fastCheck.integer({ min: -1000, max: 1000 }), { minLength: 2 });
    fastCheck.assert(
      fastCheck.property(values, fastCheck.integer({ min: -1000, max: 1000 }), (measured, offset) => {
        const [one, other] = [
          individualsChart(measured),
          individualsChart(measured.map((value) => value + offset)),
        ];
        expect(other?.ranges).toEqual(one?.ranges);
        expect((other?.upperLimit ?? 0) - (one?.upperLimit ?? 0)).toBeCloseTo(offset, 6);
      }),
    );
  });
});
