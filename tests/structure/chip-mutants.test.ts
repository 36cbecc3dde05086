import { describe, expect, it } from "@jest/globals";
import { plantedBugs, plantedText } from "../bench/chip-mutants/plant.js";

/** `npm run bench:chip-mutants` makes a chip of each, which takes a minute. */
describe("the bugs that are planted in the chip's code", () => {
  it.each(plantedBugs.map((bug) => [bug.name, bug] as const))("%s: still finds its place", (_, bug) => {
    expect(plantedText(bug)).toContain(bug.to);
  });

  it("have names of their own, and are many", () => {
    expect(new Set(plantedBugs.map(({ name }) => name)).size).toBe(plantedBugs.length);
    expect(plantedBugs.length).toBeGreaterThanOrEqual(50);
  });
});
