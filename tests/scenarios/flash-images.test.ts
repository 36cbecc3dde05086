import { describe, expect, it } from "@jest/globals";
import { encodeMeterRecord, type MeterRecord } from "../../firmware/legal/register/meter-record.js";
import { Journal } from "../../firmware/legal/register/journal.js";
import { sealRecord } from "../../firmware/legal/rings/record.js";
import { Random } from "../../sim/kernel/random.js";
import { exportEventLog } from "../../sim/run/event-log/export.js";
import { verifyEventLog } from "../../sim/run/event-log/verify.js";
import { openPartition, storageOn } from "../../sim/run/flash/flash-access.js";
import type { Simulation } from "../../sim/run/simulation.js";
import { householdOptions, simulate } from "./run-meter.js";

/** Lets `spoil` loose on every partition but the settings before the meter is switched on. */
function withImage(spoil: (image: Uint8Array, label: string) => void): Simulation {
  const simulation = simulate(householdOptions(2, 12));
  for (const { label, flash } of simulation.meter.flash.partitions)
    if (label !== "settings") spoil(flash.image, label);
  return simulation;
}

function eventsOf(simulation: Simulation): readonly string[] {
  const log = exportEventLog(openPartition(simulation.meter.flash, "events"), "10000012");
  expect(verifyEventLog(JSON.stringify(log)).problems).toEqual([]);
  return log.entries.map(({ event }) => event);
}

const earlier: MeterRecord = {
  sequence: 7,
  cause: "pulses",
  forwardPulses: 5000,
  reversePulses: 3,
  epochSeconds: 1_767_000_000,
  timeTrust: "network",
  inputForward: 0,
  inputReverse: 0,
  valve: "open",
  magnetPresent: false,
  sensorFault: false,
  batteryLow: false,
  calibrationEpoch: 0,
};

/** Puts records behind one another into the first sector of a journal's bank, with the sector's own header. */
function plant(simulation: Simulation, bank: 0 | 1, records: readonly Uint8Array[]): void {
  const partition = openPartition(simulation.meter.flash, "journal");
  const journal = new Journal(storageOn(partition));
  journal.append({ ...earlier, forwardPulses: 1 });
  journal.append({ ...earlier, forwardPulses: 2 });
  const { image } = simulation.meter.flash.partition("journal")?.flash ?? { image: new Uint8Array() };
  const first = bank * 4 * 4096 + 32;
  image.fill(0xff, first, first + 32);
  records.forEach((record, index) => {
    sealRecord(record);
    image.set(record, first + index * 32);
  });
}

describe("a meter with a flash image", () => {
  const random = new Random("image");
  it.each<[string, (image: Uint8Array) => void]>([
    [
      "of random bytes",
      (image) => {
        random.fill(image);
      },
    ],
    [
      "of all zeros",
      (image) => {
        image.fill(0);
      },
    ],
    [
      "that was truncated",
      (image) => {
        random.fill(image.subarray(0, image.byteLength / 2));
      },
    ],
  ])("%s starts, counts and reports", async (_name, spoil) => {
    const simulation = withImage(spoil);
    const { report, differences } = await simulation.run();
    expect(differences).toEqual([]);
    expect(report.register).toEqual(report.truth);
    expect(eventsOf(simulation)).toContain("power-on");
  });

  it("from another version starts, counts on from the newest record it can read and raises an event", async () => {
    const simulation = simulate(householdOptions(2, 12));
    const foreign = encodeMeterRecord(earlier, 9);
    foreign[0] = 200;
    plant(simulation, 1, [encodeMeterRecord(earlier, earlier.sequence), foreign]);
    const { report } = await simulation.run();
    expect(report.register.forwardPulses).toBe(5000 + report.truth.forwardPulses);
    expect(eventsOf(simulation)).toContain("unknown-record");
  });

  it.each([0, 1] as const)(
    "that holds two records of the same sequence in bank %d goes on from the higher register",
    async (bank) => {
      const simulation = simulate(householdOptions(2, 12));
      const higher = encodeMeterRecord({ ...earlier, forwardPulses: 9000 }, earlier.sequence);
      plant(simulation, bank, [higher, encodeMeterRecord(earlier, earlier.sequence)]);
      const { report } = await simulation.run();
      expect(report.register.forwardPulses).toBe(9000 + report.truth.forwardPulses);
    },
  );
});
