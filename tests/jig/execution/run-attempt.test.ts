import { beforeEach, describe, expect, it } from "@jest/globals";

import type { PhaseRun } from "../../../jig/attempt/attempt.js";
import { StationFault, UnitFault } from "../../../jig/attempt/faults.js";
import { definePhase, type PhaseKind, type PhaseResult } from "../../../jig/phases/phase.js";
import { identify } from "../../../jig/phases/identify.js";
import type { PhaseContext } from "../../../jig/phases/phase-context.js";
import { fakeIdentity } from "../fake-meter.js";
import { AttemptBench } from "./attempt-bench.js";

type Run = (context: PhaseContext) => PhaseResult | Promise<PhaseResult>;

function phase(name: string, run: Run = () => "continue", more: Partial<PhaseKind> = {}): PhaseKind {
  return definePhase({
    name,
    measurements: { level: { type: "number", unit: "mV" } },
    settings: {},
    run: async (context) => Promise.resolve(run(context)),
    ...more,
  });
}

const good = phase("good");
const bad = phase("bad", () => {
  throw new UnitFault("it smokes");
});
const broken = phase("broken", () => {
  throw new StationFault("the meter's cradle is open; close it");
});
const slow = phase("slow", async ({ clock }) => {
  await clock.wait(10_000);
  return "continue" as const;
});
const last = phase("last");
const clean = phase("clean");
const kinds = [good, bad, broken, slow, last, clean];

let bench: AttemptBench;

beforeEach(() => {
  bench = new AttemptBench();
});

function outcomes(phases: readonly PhaseRun[]): string[] {
  return phases.map(({ name, outcome }) => `${name} ${outcome}`);
}

describe("an attempt", () => {
  it("that identifies a meter passes, and is begun and stored", async () => {
    const attempt = await bench.run(
      [{ phase: "identify", limits: { product: { equals: "water" }, damagedLines: { maximum: 0 } } }],
      [identify],
    );
    expect(attempt).toMatchObject({
      id: "attempt-1",
      outcome: "PASS",
      unit: { hardwareId: fakeIdentity.hardwareId, firmwareVersion: "0.1.0" },
      recipe: { name: "bench", version: "1.0.0" },
    });
    expect(attempt.phases[0]?.measurements[0]).toEqual({
      name: "product",
      value: "water",
      limits: { kind: "equals", value: "water" },
      outcome: "PASS",
      isMarginal: false,
    });
    expect(bench.store.begun).toMatchObject([{ id: "attempt-1", slot: 1 }]);
    expect(bench.store.attempts).toEqual([attempt]);
  });

  it("fails by the unit's fault, and stops there", async () => {
    const attempt = await bench.run([{ phase: "good" }, { phase: "bad" }, { phase: "last" }], kinds);
    expect(attempt).toMatchObject({ outcome: "FAIL", reason: "bad: it smokes" });
    expect(outcomes(attempt.phases)).toEqual(["good PASS", "bad FAIL"]);
  });

  it("goes on after a failure where the recipe says so, up to the next checkpoint", async () => {
    const attempt = await bench.run(
      [
        { phase: "bad", onFailure: "continue" },
        { phase: "good" },
        { checkpoint: "so-far" },
        { phase: "last" },
      ],
      kinds,
    );
    expect(attempt.outcome).toBe("FAIL");
    expect(outcomes(attempt.phases)).toEqual(["bad FAIL", "good PASS"]);
  });

  it("fails by a measurement, named with its value and limits", async () => {
    const weak = phase("weak", ({ measure }) => {
      measure("level", 2700.12345);
      return "continue";
    });
    const attempt = await bench.run(
      [{ phase: "weak", limits: { level: { minimum: 3000, maximum: 3700 } } }],
      [weak],
    );
    expect(attempt.reason).toBe("weak: level is 2700.12 mV, not from 3000 to 3700");
  });

  it("fails where a limit is set and nothing was measured", async () => {
    const attempt = await bench.run([{ phase: "good", limits: { level: { minimum: 3000 } } }], kinds);
    expect(attempt).toMatchObject({ outcome: "FAIL", reason: "good: level was not measured" });
  });

  it("is an error, not a failure, when the station is at fault", async () => {
    const attempt = await bench.run([{ phase: "broken", onFailure: "continue" }, { phase: "last" }], kinds);
    expect(attempt).toMatchObject({
      outcome: "ERROR",
      reason: "broken: the meter's cradle is open; close it",
    });
    expect(outcomes(attempt.phases)).toEqual(["broken ERROR"]);
  });

  it("is an error when a phase itself is wrong", async () => {
    const wrong = phase("wrong", ({ measure }) => {
      measure("height", 3);
      return "continue";
    });
    const attempt = await bench.run([{ phase: "wrong" }], [wrong]);
    expect(attempt).toMatchObject({ outcome: "ERROR", reason: "wrong: wrong declares no number height" });
  });

  it("times out by the slot's clock", async () => {
    const attempt = await bench.run([{ phase: "slow", timeoutSeconds: 2 }, { phase: "last" }], kinds);
    expect(attempt).toMatchObject({ outcome: "TIMEOUT", reason: "slow: took longer than 2 s" });
    expect(bench.clock.nowMilliseconds).toBe(2000);
  });

  it("repeats a phase that fails as often as the recipe says, and records each try", async () => {
    let tries = 0;
    const shaky = phase("shaky", () => {
      if (++tries < 3) throw new UnitFault("bad contact");
      return "continue";
    });
    const attempt = await bench.run([{ phase: "shaky", repeatLimit: 3 }], [shaky]);
    expect(attempt.outcome).toBe("PASS");
    expect(attempt.phases.map(({ tryNumber, outcome }) => [tryNumber, outcome])).toEqual([
      [1, "FAIL"],
      [2, "FAIL"],
      [3, "PASS"],
    ]);
  });

  it("gives up after the last repeat", async () => {
    const again = phase("again", () => "repeat");
    const attempt = await bench.run([{ phase: "again", repeatLimit: 2 }], [again]);
    expect(attempt).toMatchObject({ outcome: "FAIL", reason: "again: the phase says that the unit failed" });
    expect(attempt.phases).toHaveLength(2);
  });

  it("leaves out what the recipe skips and what a phase skips, without a measurement", async () => {
    const valveless = phase("valveless", ({ measure }) => {
      measure("level", 0);
      return "skip";
    });
    const attempt = await bench.run(
      [
        { phase: "bad", skip: true },
        { phase: "valveless", limits: { level: { minimum: 1 } } },
      ],
      [...kinds, valveless],
    );
    expect(attempt.outcome).toBe("PASS");
    expect(outcomes(attempt.phases)).toEqual(["bad SKIP", "valveless SKIP"]);
    expect(attempt.phases[1]?.measurements).toEqual([]);
  });

  it("goes on or stops as a phase asks", async () => {
    const gentle = phase("gentle", () => "fail-and-continue");
    const strict = phase("strict", () => "stop");
    const attempt = await bench.run(
      [{ phase: "gentle" }, { phase: "strict", repeatLimit: 3, onFailure: "continue" }, { phase: "last" }],
      [...kinds, gentle, strict],
    );
    expect(attempt.outcome).toBe("FAIL");
    expect(outcomes(attempt.phases)).toEqual(["gentle FAIL", "strict FAIL"]);
  });

  it.each(["bad", "broken", "slow"])("runs the whole teardown after %s", async (name) => {
    const attempt = await bench.run(
      [
        {
          group: "outer",
          steps: [{ phase: name, timeoutSeconds: 1 }, { phase: "last" }],
          teardown: [{ phase: "broken", name: "unhook" }, { phase: "clean" }],
        },
        { phase: "good" },
      ],
      kinds,
    );
    expect(bench.started).toEqual([name, "unhook", "clean"]);
    expect(attempt.outcome).toBe("ERROR");
  });

  it("leaves a group's steps out when its setup fails, and still tears down", async () => {
    await bench.run(
      [
        {
          group: "outer",
          setup: [{ phase: "bad" }],
          steps: [{ phase: "good" }],
          teardown: [{ phase: "clean" }],
        },
      ],
      kinds,
    );
    expect(bench.started).toEqual(["bad", "clean"]);
  });

  it("ends as aborted when the operator stops it, after its teardown", async () => {
    bench.onPhase = (name) => {
      if (name === "slow")
        bench.clock.after(100, () => {
          bench.interruption.abort();
        });
    };
    const unhook = phase("unhook", async ({ clock }) => {
      await clock.wait(50);
      return "continue" as const;
    });
    const attempt = await bench.run(
      [{ group: "outer", steps: [{ phase: "slow" }, { phase: "last" }], teardown: [{ phase: "unhook" }] }],
      [...kinds, unhook],
    );
    expect(attempt).toMatchObject({ outcome: "ABORTED", reason: "slow: stopped by the operator" });
    expect(outcomes(attempt.phases)).toEqual(["slow ABORTED", "unhook PASS"]);
    expect(bench.clock.nowMilliseconds).toBe(150);
  });

  it("never runs on a failed unit what is for good units only", async () => {
    const seal = phase("seal", () => "continue", { isForGoodUnitsOnly: true });
    const attempt = await bench.run(
      [{ phase: "bad", onFailure: "continue" }, { phase: "seal" }],
      [...kinds, seal],
    );
    expect(outcomes(attempt.phases)).toEqual(["bad FAIL"]);
  });

  it("keeps attachments as bytes", async () => {
    const curve = phase("curve", ({ attach }) => {
      attach("curve.csv", "text/csv", "ms,mA\n0,12\n");
      return "continue";
    });
    const attempt = await bench.run([{ phase: "curve" }], [curve]);
    expect(attempt.phases[0]?.attachments).toEqual([
      { name: "curve.csv", mediaType: "text/csv", bytes: new TextEncoder().encode("ms,mA\n0,12\n") },
    ]);
  });

  it("is an error when the port goes, with one line", async () => {
    bench.meter.handle = () => {
      bench.meter.onLost?.("/dev/ttyUSB0 has gone; plug it in again");
    };
    const attempt = await bench.run([{ phase: "identify" }], [identify]);
    expect(attempt).toMatchObject({
      outcome: "ERROR",
      reason: "identify: /dev/ttyUSB0 has gone; plug it in again",
    });
  });
});
