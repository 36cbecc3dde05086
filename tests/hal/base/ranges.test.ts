import { describe, expect, it } from "@jest/globals";
import { requireRange } from "../../../hal/base/ranges.js";

describe("requireRange", () => {
  it.each([2, 3, 50])("takes an integer of the range, its ends among them (%d)", (value) => {
    expect(() => {
      requireRange(value, 2, 50, "debounceMilliseconds");
    }).not.toThrow();
  });

  it.each([1, 51, 2.5, NaN, Infinity])("refuses what is outside or no integer, by its name (%d)", (value) => {
    expect(() => {
      requireRange(value, 2, 50, "debounceMilliseconds");
    }).toThrow(new RangeError("debounceMilliseconds must be an integer from 2 to 50"));
  });
});
