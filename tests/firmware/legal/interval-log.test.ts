import { describe, expect, it } from "@jest/globals";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { IntervalLog } from "../../../firmware/legal/periodic/interval-log.js";
import type { MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import { sealRecord } from "../../../firmware/legal/rings/record.js";
import { partitionTable } from "../../../sim/run/initial-flash.js";
import { FakeFlash } from "../fake-flash.js";

function entry(hour: number): Omit<MeterRecord, "sequence"> {
  return {
    cause: "interval",
    forwardPulses: hour * 40,
    reversePulses: hour,
    epochSeconds: 1_772_323_200 + hour * 3600,
    timeTrust: "network",
    inputForward: 0,
    inputReverse: 0,
    valve: "none",
    magnetPresent: false,
    sensorFault: false,
    batteryLow: false,
    calibrationEpoch: 0,
  };
}

function openLog(flash: FakeFlash): IntervalLog {
  return new IntervalLog(storageOn(flash), "intervals");
}

function filled(flash: FakeFlash, count: number): IntervalLog {
  const log = openLog(flash);
  for (let hour = 1; hour <= count; hour++) log.append(entry(hour));
  return log;
}

function values(records: readonly MeterRecord[]): number[][] {
  return records.map((record) => [
    record.sequence,
    record.epochSeconds,
    record.forwardPulses,
    record.reversePulses,
  ]);
}

function visited(log: IntervalLog, first: number, count: number): number[][] {
  const seen: number[][] = [];
  log.visit(first, false, (...value) => seen.push(value) < count);
  return seen;
}

function sequences(records: readonly MeterRecord[]): number[] {
  return records.map(({ sequence }) => sequence);
}

describe("IntervalLog", () => {
  it("begins empty", () => {
    const log = openLog(new FakeFlash(6));
    expect(log.newestSequence).toBe(0);
    expect(log.newestEpochSeconds).toBeUndefined();
    expect(log.from(0, 10)).toEqual([]);
  });

  it("numbers its entries from 1 and gives them back whole", () => {
    const log = filled(new FakeFlash(6), 3);
    expect(log.from(1, 10)).toEqual([1, 2, 3].map((hour) => ({ ...entry(hour), sequence: hour })));
  });

  it("gives at most as many as were asked for, oldest first", () => {
    const log = filled(new FakeFlash(6), 200);
    expect(sequences(log.from(120, 12))).toEqual([
      120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 131,
    ]);
    expect(log.from(120, 0)).toEqual([]);
    expect(log.from(201, 5)).toEqual([]);
  });

  it.each([
    [120, 12],
    [0, 300],
    [201, 5],
  ])("shows the register values from %d on, %d at most, without making objects of them", (first, count) => {
    const log = filled(new FakeFlash(6), 200);
    expect(visited(log, first, count)).toEqual(values(log.from(first, count)));
  });

  it("begins with the oldest that is left when older ones were asked for", () => {
    const log = filled(new FakeFlash(6), 1000);
    const [oldest] = sequences(log.from(1, 1));
    expect(oldest).toBeGreaterThan(1);
    expect(oldest).toBeLessThanOrEqual(1000 - 127);
  });

  it("goes on where it left off when it is opened again", () => {
    const flash = new FakeFlash(6);
    filled(flash, 150);
    const log = openLog(flash);
    expect(log.newestSequence).toBe(150);
    expect(log.newestEpochSeconds).toBe(entry(150).epochSeconds);
    log.append(entry(151));
    expect(sequences(log.from(149, 9))).toEqual([149, 150, 151]);
  });

  it("says so when the flash refuses, and gives the number to the next", () => {
    const flash = new FakeFlash(6);
    const log = filled(flash, 5);
    flash.onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    expect(log.append(entry(6))).toBe(false);
    expect(log.newestSequence).toBe(5);
    flash.onStep = undefined;
    expect(log.append(entry(7))).toBe(true);
    expect(log.newestSequence).toBe(6);
    expect(log.from(6, 9)).toMatchObject([{ sequence: 6, forwardPulses: 280 }]);
  });

  it("passes over entries that a newer firmware wrote", () => {
    const flash = new FakeFlash(6);
    filled(flash, 9);
    for (const half of [0, 3]) {
      const address = half * 4096 + 5 * 32;
      const record = flash.nor.image.subarray(address, address + 32);
      record[0] = 2;
      sealRecord(record);
    }
    expect(sequences(openLog(flash).from(3, 4))).toEqual([3, 4, 6, 7]);
    expect(visited(openLog(flash), 3, 4).map(([sequence]) => sequence)).toEqual([3, 4, 6, 7]);
  });

  it("counts what fails in its flash", () => {
    const flash = new FakeFlash(6);
    const log = filled(flash, 9);
    expect(log.failures).toBe(0);
    let programs = 0;
    flash.onStep = ({ kind }) => (kind === "program" && ++programs <= 3 ? "refused" : undefined);
    expect(log.append(entry(10))).toBe(true);
    expect(log.failures).toBe(3);
  });

  it.each([
    ["intervals", 2400, 24],
    ["days", 460, 1],
    ["months", 36, 1],
  ])("keeps in a meter's %s the last %d of a meter that is reset time and again", (label, kept, period) => {
    const sectors = partitionTable.find((partition) => partition.label === label)?.sectors ?? 0;
    const flash = new FakeFlash(sectors);
    let log = openLog(flash);
    const slots = (sectors / 2) * 127;
    for (let number = 1; number <= 2 * slots; number++) {
      if (number % period === 0) log = openLog(flash);
      log.append(entry(number));
      if (number < kept || number % 127 > 0) continue;
      expect(sequences(log.from(number - kept + 1, kept))).toHaveLength(kept);
    }
  });
});
