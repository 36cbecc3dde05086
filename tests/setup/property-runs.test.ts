import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { lengthFactor } from "./run-length.js";

function drawn(parameters: fc.Parameters<[number]>): number[] {
  const numbers: number[] = [];
  fc.assert(
    fc.property(fc.integer(), (number) => {
      numbers.push(number);
    }),
    parameters,
  );
  return numbers;
}

it("properties are tried with the same draws for every change, and with more and others at night", () => {
  const [first, second] = [drawn({ numRuns: 7 }), drawn({ numRuns: 7 })];
  expect(first).toHaveLength(7 * lengthFactor);
  if (lengthFactor === 1) expect(second).toEqual(first);
  else expect(second).not.toEqual(first);
  expect(drawn({ numRuns: 7, seed: 2 })).not.toEqual(first);
});
