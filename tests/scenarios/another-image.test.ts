import { describe, expect, it } from "@jest/globals";
import { SettingsStore } from "../../firmware/settings/settings-store.js";
import { settingTable } from "../../firmware/settings/setting-table.js";
import { exportEventLog } from "../../sim/run/event-log/export.js";
import { openPartition, storageOn } from "../../sim/run/flash/flash-access.js";
import type { RunReport } from "../../sim/run/run-result.js";
import type { Simulation } from "../../sim/run/simulation.js";
import { daySeconds, householdOptions, simulate } from "./run-meter.js";

interface Outcome {
  readonly report: RunReport;
  readonly simulation: Simulation;
  readonly events: readonly string[];
}

/** What another image has left in the settings store is found at a restart in the middle of the run. */
async function restartedAfter(change: (store: SettingsStore) => boolean): Promise<Outcome> {
  const simulation = simulate(householdOptions(4, 12));
  const { board, meter } = simulation;
  const { flash } = meter;
  simulation.scheduler.schedule(1.5 * daySeconds * 1e6, () => {
    expect(change(new SettingsStore(storageOn(openPartition(flash, "settings"))))).toBe(true);
    board.reset("software");
  });
  const { report } = await simulation.run();
  expect(report.register).toEqual(report.truth);
  const log = exportEventLog(openPartition(flash, "events"), "10000012");
  return { report, simulation, events: log.entries.map(({ event, detail }) => `${event} ${detail}`) };
}

describe("a meter that restarts with another image", () => {
  it("registers anew where it goes by another name, although its registration has not lapsed", async () => {
    const { simulation } = await restartedAfter((store) => store.storeSerialNumber("W2"));
    const devices = simulation.headEnd.devices.map(({ endpoint, reports }) => [endpoint, reports > 0]);
    expect(devices).toHaveLength(2);
    expect(devices[1]).toEqual(["urn:dev:ops:TALLY-W2", true]);
  });

  it("tells of a setting that it can't use, and delivers", async () => {
    const { id } = settingTable.checkpointPulses;
    const { report, events } = await restartedAfter((store) => store.store(id, -1));
    expect(events).toContain(`unknown-record ${id}`);
    expect(report.headEnd).toMatchObject({ ...report.truth, missingIntervals: 0 });
  });

  it("counts on where it does not know its product, and neither moves the valve nor reports", async () => {
    const { report, events, simulation } = await restartedAfter((store) => store.storeProduct("heat"));
    expect(events).toContain("unknown-record 255");
    expect(events.filter((event) => event.startsWith("valve-moved"))).toHaveLength(1);
    expect(report.headEnd.forwardPulses).toBeLessThan(report.truth.forwardPulses);
    expect(simulation.headEnd.faults).toEqual([]);
  });
});
