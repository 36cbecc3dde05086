import { describe, expect, it } from "@jest/globals";
import { planRun } from "../../../command/sim/run-plan.js";
import type { SimArguments } from "../../../command/sim/sim-arguments.js";
import { UsageError } from "../../../command/kit/usage-error.js";
import { products } from "../../../firmware/products/products.js";
import { water } from "../../../firmware/products/water.js";

const given: SimArguments = {
  product: water,
  engine: "node",
  board: undefined,
  trace: undefined,
  reading: {},
  demand: "household",
  days: 1,
  persons: 2,
  seed: 1,
  speed: Infinity,
  settings: new Map(),
  outages: [],
  networkSituations: [],
  eventLog: undefined,
  readings: undefined,
  html: undefined,
};

const noPause = async (): Promise<void> => Promise.resolve();

describe("an outage", () => {
  it("may last to the end of the run and beyond", async () => {
    const outages = [{ fromDay: 0.5, toDay: 4 }];
    const { options } = await planRun({ ...given, outages }, noPause);
    expect(options.network?.outages).toEqual([{ fromSeconds: 43_200, toSeconds: 345_600 }]);
  });
});

describe("a run without a record of flow", () => {
  it.each(products)("has a household for a $name meter", async (product) => {
    expect((await planRun({ ...given, product }, noPause)).demandName).toBe("household of 2");
  });

  it("says what to do for a meter that no household is known for", async () => {
    const unheardOf = { ...water, name: "unheard-of" };
    const planned = planRun({ ...given, product: unheardOf }, noPause);
    await expect(planned).rejects.toThrow(UsageError);
    await expect(planned).rejects.toThrow(/no household .* unheard-of meter.*--trace/);
  });
});
