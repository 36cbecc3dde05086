import { describe, expect, it } from "@jest/globals";
import fastCheck from "fast-check";

import type { Attempt, Measurement } from "../../../jig/attempt/attempt.js";
import type { AttemptOutcome } from "../../../jig/attempt/outcome.js";
import { analyse } from "../../../jig/report/analysis.js";
import { pareto } from "../../../jig/report/pareto.js";
import { isSlotLow, yieldOf } from "../../../jig/report/yield.js";
import { attempt } from "../records/records-fixture.js";
import { simulatedAttempts } from "./simulated-attempts.js";

/** Attempts at units, each as the unit's name, its outcome and its slot. */
const attempts = (...all: readonly (readonly [string, AttemptOutcome, number?])[]): Attempt[] =>
  all.map(([hardwareId, outcome, slot = 1], index) =>
    attempt(String(index), { unit: { hardwareId }, outcome, slot }),
  );

const measured = (id: string, unit: string, value: number, outcome: Measurement["outcome"]): Attempt => {
  const [phase] = attempt(id).phases;
  const [measurement] = phase?.measurements ?? [];
  if (!phase || !measurement) throw new Error("the fixture has a measurement");
  const measurements = [{ ...measurement, value, outcome }];
  return attempt(id, {
    unit: { hardwareId: unit },
    outcome,
    phases: [{ ...phase, outcome, measurements, startedAtMilliseconds: Number(id) }],
  });
};

describe("yield", () => {
  it("counts a unit's first attempt for the first pass and its last verdict for the final", () => {
    const figures = yieldOf(
      attempts(
        ["a", "PASS"],
        ["b", "FAIL"],
        ["b", "PASS"],
        ["c", "FAIL"],
        ["c", "FAIL"],
        ["d", "ERROR"],
        ["d", "PASS"],
      ),
    );
    expect(figures).toMatchObject({ units: 4, firstPassUnits: 1, finalUnits: 3, attempts: 7 });
    expect(figures.firstPassShare).toBe(0.25);
    expect(figures.attemptsByOutcome).toEqual({ PASS: 3, FAIL: 3, ERROR: 1, TIMEOUT: 0, ABORTED: 0 });
  });

  it("does not let an error take back a verdict", () => {
    expect(yieldOf(attempts(["a", "PASS"], ["a", "ABORTED"])).finalUnits).toBe(1);
    expect(yieldOf(attempts(["a", "TIMEOUT"])).finalUnits).toBe(0);
  });

  it("has no share without a unit", () => {
    expect(yieldOf([])).toMatchObject({ units: 0, firstPassShare: null, finalShare: null });
  });

  it("is never better at first than the good units allow", () => {
    const outcome = fastCheck.constantFrom<AttemptOutcome>("PASS", "FAIL", "ERROR", "TIMEOUT", "ABORTED");
    fastCheck.assert(
      fastCheck.property(
        fastCheck.array(fastCheck.tuple(fastCheck.constantFrom("a", "b", "c"), outcome)),
        (all) => {
          const figures = yieldOf(attempts(...all));
          expect(figures.units).toBe(new Set(all.map(([unit]) => unit)).size);
          expect(figures.firstPassUnits).toBeLessThanOrEqual(figures.units);
          const sum = Object.values(figures.attemptsByOutcome).reduce((total, count) => total + count, 0);
          expect(sum).toBe(all.length);
        },
      ),
    );
  });

  it("calls a slot low only where chance does not explain it", () => {
    const all = yieldOf(
      attempts(
        ...Array.from({ length: 100 }, (_, index) => [`${index}`, index < 5 ? "FAIL" : "PASS"] as const),
      ),
    );
    const slot = (failed: number): ReturnType<typeof yieldOf> =>
      yieldOf(
        attempts(
          ...Array.from(
            { length: 25 },
            (_, index) => [`${index}`, index < failed ? "FAIL" : "PASS"] as const,
          ),
        ),
      );
    // 0.95 - 3 √(0.95 · 0.05 / 25) = 0.8192: 20 of 25 are too few, 21 are not.
    expect(isSlotLow(slot(4), all)).toBe(false);
    expect(isSlotLow(slot(5), all)).toBe(true);
  });
});

describe("the Pareto of causes", () => {
  it("puts the most frequent first and cumulates to all", () => {
    expect(pareto(["b", "a", "a", "c"])).toEqual([
      { cause: "a", count: 2, share: 0.5, cumulativeShare: 0.5 },
      { cause: "b", count: 1, share: 0.25, cumulativeShare: 0.75 },
      { cause: "c", count: 1, share: 0.25, cumulativeShare: 1 },
    ]);
  });

  it("names measurement and phase of what failed, and leaves the station's own failures apart", () => {
    const { failures, stationFailures } = analyse([
      measured("1", "a", 3000, "FAIL"),
      attempt("2", { outcome: "ERROR", phases: [] }),
    ]);
    expect(failures).toMatchObject([{ cause: "rails / battery", count: 1 }]);
    expect(stationFailures).toMatchObject([{ cause: "outside a phase (ERROR)", count: 1 }]);
  });

  it("does not count a try that was repeated with success", () => {
    const bad = measured("1", "a", 3000, "FAIL").phases;
    const good = attempt("1").phases.map((phase) => ({ ...phase, tryNumber: 2 }));
    expect(analyse([attempt("1", { phases: [...bad, ...good] })]).failures).toEqual([]);
  });
});

describe("the series of a measurement", () => {
  it("takes each unit's first value only", () => {
    const { series } = analyse([
      measured("1", "a", 3000, "FAIL"),
      measured("2", "a", 3600, "PASS"),
      measured("3", "b", 3610, "PASS"),
    ]);
    expect(series.map(({ values }) => values)).toEqual([[3000, 3610]]);
  });

  it("is another one under other limits", () => {
    const changed = measured("2", "b", 3600, "PASS");
    const phases = changed.phases.map((phase) => ({
      ...phase,
      measurements: phase.measurements.map((one) => ({
        ...one,
        limits: { kind: "range" as const, minimum: 3550 },
      })),
    }));
    const { series } = analyse([measured("1", "a", 3600, "PASS"), { ...changed, phases }]);
    expect(series.map(({ limits }) => limits)).toEqual(["3500 to 3700 mV", "at least 3550 mV"]);
  });

  it("has a chart for each slot", () => {
    const { series, slots } = analyse(simulatedAttempts(80, 4, 1));
    expect(slots.map(({ slot }) => slot)).toEqual([1, 2, 3, 4]);
    const current = series.find(({ measurement }) => measurement === "sleepCurrent");
    expect(current?.slots.map(({ slot, chart }) => [slot, chart.values.length])).toEqual([
      [1, 20],
      [2, 20],
      [3, 20],
      [4, 20],
    ]);
  });
});
