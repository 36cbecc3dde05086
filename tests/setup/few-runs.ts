import * as fastCheck from "../../node_modules/fast-check/lib/fast-check.js";

/** Under mutation every property is tried again for each mutant: a few runs, and no search for a smaller example. */
const mostRuns = 12;

const assert = ((property: fastCheck.IProperty<unknown>, parameters: fastCheck.Parameters<unknown> = {}) => {
  fastCheck.assert(property, {
    seed: 1,
    ...parameters,
    numRuns: Math.min(mostRuns, parameters.numRuns ?? mostRuns),
    endOnFailure: true,
  });
}) as typeof fastCheck.assert;

/** Stands in for fast-check in a mutation run. */
export default { ...fastCheck, assert };
