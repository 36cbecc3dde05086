import * as fastCheck from "../../node_modules/fast-check/lib/fast-check.js";
import { lengthFactor } from "./run-length.js";

const defaultRuns = 100;

/** A property that fails at night tells its seed. An asynchronous one's promise is handed on. */
const assert = ((
  property: fastCheck.IAsyncProperty<unknown>,
  parameters: fastCheck.Parameters<unknown> = {},
) =>
  fastCheck.assert(property, {
    ...(lengthFactor === 1 && { seed: 1 }),
    ...parameters,
    numRuns: lengthFactor * (parameters.numRuns ?? defaultRuns),
  })) as typeof fastCheck.assert;

/** Stands in for fast-check in all tests: as many runs as are asked for, from one seed. */
export default { ...fastCheck, assert };
