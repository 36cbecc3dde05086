import { describe, expect, it } from "@jest/globals";
import fastCheck from "fast-check";

import type { Attempt } from "../../../jig/attempt/attempt.js";
import type { AttemptOutcome } from "../../../jig/attempt/outcome.js";
import { phaseKinds } from "../../../jig/phases/phase-kinds.js";
import { readRecipe } from "../../../jig/recipe/read-recipe.js";
import { runUnitCampaign } from "../../../jig/simulated/campaign.js";
import { planCampaign } from "../../../jig/simulated/campaign-plan.js";
import { isCaught } from "../../../jig/simulated/fault-phases.js";
import { MemoryStore } from "../../../jig/simulated/memory-store.js";
import { engineFactories } from "../../../sim/engines/engines.js";
import { firmwareImageHash } from "../../../sim/run/image-hash.js";
import { unitFaults } from "../../../sim/unit/unit-faults.js";

function attempt(
  outcome: AttemptOutcome,
  ...phases: readonly (readonly [string, AttemptOutcome])[]
): Attempt {
  return {
    id: "1",
    unit: {},
    recipe: { name: "r", version: "1.0.0", hash: "" },
    station: "s",
    slot: 1,
    startedAtMilliseconds: 0,
    endedAtMilliseconds: 0,
    outcome,
    phases: phases.map(([name, each], index) => ({
      name,
      tryNumber: index + 1,
      outcome: each,
      startedAtMilliseconds: 0,
      endedAtMilliseconds: 0,
      measurements: [],
      attachments: [],
    })),
  };
}

describe("a campaign", () => {
  it("catches every kind of fault by the phase that should and fails no good unit, in less than 30 s of unit time", async () => {
    const store = new MemoryStore();
    const result = await runUnitCampaign({
      slots: 8,
      units: 2 * unitFaults.length,
      faultRatePercent: 50,
      seed: 4,
      engine: engineFactories.node,
      station: {
        station: "test",
        recipe: readRecipe("jig/recipes/water-meter.json", phaseKinds),
        store,
        imageHash: firmwareImageHash(),
        interrupt: new AbortController().signal,
        epochMilliseconds: () => 0,
        newId: () => String(store.begun.length),
      },
      onProgress: () => undefined,
    });
    expect(result.problems).toEqual([]);
    expect(result).toMatchObject({
      units: 32,
      passed: 16,
      faultsPlanted: 16,
      faultsCaught: 16,
      falseFailures: 0,
    });
    expect(result.failed + result.errors).toBe(16);
    expect(result.unitSeconds).toBeLessThan(30);
    expect(store.attempts).toHaveLength(32);
  });

  it("plants exactly the share that was asked for, and a duplicate only behind a good unit", () => {
    fastCheck.assert(
      fastCheck.property(
        fastCheck.integer({ min: 1, max: 400 }),
        fastCheck.integer({ min: 0, max: 100 }),
        fastCheck.integer({ min: 0, max: 0x7fff_ffff }),
        (units, percent, seed) => {
          const plan = planCampaign(units, percent, seed);
          const faulty = plan.filter(({ fault }) => fault !== undefined);
          expect(faulty).toHaveLength(Math.round((units * percent) / 100));
          for (const { index } of faulty.filter(({ fault }) => fault === "duplicate-serial"))
            expect(plan[index - 1]).toMatchObject({ fault: undefined });
          expect(new Set(plan.map((unit) => unit.seed)).size).toBe(units);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("plans the same for the same seed, and every kind in turn", () => {
    expect(planCampaign(200, 10, 5)).toEqual(planCampaign(200, 10, 5));
    const kinds = planCampaign(1000, 5, 5).map(({ fault }) => fault);
    expect(new Set(kinds).size).toBe(unitFaults.length + 1);
  });

  it("counts a fault as caught only where its own phase failed, and no other", () => {
    expect(isCaught("dead-reed", attempt("FAIL", ["rails", "PASS"], ["pulse-inputs", "FAIL"]))).toBe(true);
    expect(isCaught("dead-reed", attempt("PASS", ["pulse-inputs", "PASS"]))).toBe(false);
    expect(isCaught("dead-reed", attempt("FAIL", ["pulse-inputs", "FAIL"], ["valve", "FAIL"]))).toBe(false);
    expect(isCaught("dead-reed", attempt("FAIL", ["valve", "FAIL"]))).toBe(false);
    expect(
      isCaught("dead-reed", attempt("FAIL", ["valve", "FAIL"], ["valve", "PASS"], ["pulse-inputs", "FAIL"])),
    ).toBe(true);
    expect(isCaught("unplugged", attempt("ERROR", ["valve", "ERROR"]))).toBe(true);
  });
});
