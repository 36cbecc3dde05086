import { describe, expect, it } from "@jest/globals";
import type { MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import { allFaults, type FaultSelection } from "../../../sim/chaos/chaos-options.js";
import type { ChaosResult, ChaosRun } from "../../../sim/chaos/chaos-run.js";
import { minimise } from "../../../sim/chaos/minimise.js";
import { chaosRun } from "./chaos-bench.js";

const seed = 24;

/** As if the firmware counted a pulse twice after the third removal of the battery. */
function doublePulse(record: MeterRecord, { injector }: ChaosRun): MeterRecord {
  const isBroken = (injector.struck.get("powerCuts") ?? 0) >= 3;
  return isBroken ? { ...record, forwardPulses: record.forwardPulses + 1 } : record;
}

function runBroken(days: number, selection: FaultSelection): Promise<ChaosResult> {
  return chaosRun(seed, days, selection, doublePulse).run();
}

describe("a broken promise", () => {
  it("is found, made small, and replays exactly", async () => {
    const failure = await runBroken(9, allFaults);
    expect(failure.violations[0]).toMatchObject({ checker: "register" });
    const minimal = await minimise(failure, allFaults, runBroken);
    expect(minimal.kinds).toEqual(["powerCuts"]);
    expect(minimal.days).toBeLessThan(9);
    const again = await runBroken(minimal.days, new Set(minimal.kinds));
    expect(again).toEqual(minimal.result);
    expect(again.traceHash).toBe(minimal.result.traceHash);
  });
});
