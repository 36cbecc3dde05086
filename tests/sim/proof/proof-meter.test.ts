import { beforeEach, describe, expect, it } from "@jest/globals";
import { EventLog } from "../../../firmware/events/event-log.js";
import { Life } from "../../../sim/proof/life.js";
import { MeterState } from "../../../sim/proof/meter-state.js";
import { mutantPlan, type MutantResult, runMutants } from "../../../sim/proof/mutant-runs.js";
import { ProofMeter } from "../../../sim/proof/proof-meter.js";

async function proveMutant(name: string): Promise<MutantResult | undefined> {
  const plan = { ...mutantPlan, parts: ["seeds"], seeds: 4 } as const;
  const [result] = await runMutants([name], { workers: 1, plan, now: () => 0 });
  return result;
}

describe("the proof", () => {
  it.each([
    ["sleep-as-after-failure", "firmware/main.ts", "overslept"],
    ["not-begun", "firmware/main.ts", "start-untold"],
    ["power-on-untold", "firmware/meter.ts", "start-untold"],
  ])("finds the bug %s, which stands in %s", async (name, _file, invariant) => {
    const result = await proveMutant(name);
    expect(result?.caught?.violation.invariant).toBe(invariant);
  });
});

describe("a meter under proof", () => {
  let state: MeterState;
  let meter: ProofMeter;

  beforeEach(async () => {
    state = new MeterState();
    meter = new ProofMeter(state);
    await new Life(state, []).begin();
  });

  it("can't write an event past the ledger", async () => {
    await meter.run("timer", ({ storage, hardware }) => {
      new EventLog(storage, hardware).append("valve-moved", 1, 0);
    });
    await expect(meter.run("brown-out")).rejects.toThrow("valve-moved 1 at 0, which nobody stored");
  });

  it("says so when what is due is left undone", async () => {
    const failure = { module: "test", reason: "anything" };
    await expect(meter.run("timer", () => undefined, { isResting: true })).rejects.toThrow(
      "work was done that a failure should have kept off",
    );
    await meter.run("software", () => undefined, { failure });
  });

  it("gets no further than a cut, whatever the application catches", async () => {
    const cut = new Error("the power is gone");
    state.board.onChange = () => {
      throw cut;
    };
    const run = meter.run("timer", ({ metering, retained }) => {
      try {
        metering.checkpoint("before-radio");
      } catch {
        retained.save();
      }
    });
    await expect(run).rejects.toBe(cut);
    expect(state.board.hasStopped).toBe(true);
  });
});
