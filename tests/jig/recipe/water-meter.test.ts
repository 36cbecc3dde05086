import { describe, expect, it } from "@jest/globals";

import { phaseKinds } from "../../../jig/phases/phase-kinds.js";
import { readRecipe } from "../../../jig/recipe/read-recipe.js";
import { phasesOf } from "../../../jig/recipe/recipe.js";

describe("the water meter's recipe", () => {
  const phases = phasesOf(readRecipe("jig/recipes/water-meter.json", phaseKinds).steps);

  it("has every phase that there is, in the order of a line", () => {
    expect(phases.map(({ kind }) => kind.name)).toEqual(phaseKinds.map(({ name }) => name));
  });

  it("judges every phase that measures something", () => {
    const unjudged = phases.filter(
      ({ kind, limits }) => Object.keys(kind.measurements).length > 0 && limits.size === 0,
    );
    expect(unjudged.map(({ name }) => name)).toEqual([]);
  });
});
