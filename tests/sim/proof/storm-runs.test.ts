import { describe, expect, it } from "@jest/globals";
import { MeterState } from "../../../sim/proof/meter-state.js";
import { mutantPlan, runMutants } from "../../../sim/proof/mutant-runs.js";
import { replay } from "../../../sim/proof/replay.js";
import { runStorm } from "../../../sim/proof/storm-runs.js";
import { Beginnings } from "../../../sim/proof/workloads.js";

describe("a storm of cut starts", () => {
  const beginnings = new Beginnings();

  it.each([0, 2, 6, 16, 133, 174])("costs the meter nothing that it has stored (seed %d)", async (seed) => {
    await expect(runStorm(seed, new MeterState(), beginnings)).resolves.toBeUndefined();
  });

  it("can be made once more by its id, and told", async () => {
    const made = await replay("storm/0");
    expect(made?.violation).toBeUndefined();
    expect(made?.story.filter((line) => line.includes("CUT")).length).toBeGreaterThanOrEqual(20);
    expect(await replay("storm/0/1")).toBeUndefined();
  });

  it.each([
    ["live-entry-not-kept", "setting-lost"],
    ["history-for-nothing", "event-lost"],
  ])("finds the bug %s", async (name, invariant) => {
    const plan = { ...mutantPlan, parts: ["storms"], storms: 60 } as const;
    const [result] = await runMutants([name], { workers: 1, plan, now: () => 0 });
    expect(result?.caught?.violation.invariant).toBe(invariant);
  });
});
