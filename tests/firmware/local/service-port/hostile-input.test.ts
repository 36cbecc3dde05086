import { describe, expect, it } from "@jest/globals";
import { fuzzServicePort } from "../../../bench/service-fuzz/fuzz-run.js";
import { engines } from "../../../sim/unit/unit-visit.js";

describe("hostile lines at the service port", () => {
  it.each([
    ["node", 4000],
    ["xs", 2000],
  ] as const)("crash nothing on %s, and nothing is carried out", async (name, lines) => {
    const result = await fuzzServicePort({ engine: engines[name], lines, seed: 4 });
    expect(result.problems).toEqual([]);
    expect(result.refusals).toBeGreaterThan(lines / 2);
  });
});
