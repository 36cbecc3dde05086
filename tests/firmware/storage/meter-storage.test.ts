import { describe, expect, it } from "@jest/globals";
import { MeterStorage } from "../../../firmware/storage/meter-storage.js";
import { RetainedSlices } from "../../../firmware/storage/retained-slices.js";
import { FakeFlashChip, FakePower, FakeRetainedMemory } from "../fake-hardware.js";

describe("the meter's storage", () => {
  it.each([
    [3299, false],
    [3300, true],
    [3301, true],
  ])("at %d mV may erase ahead of need: %s, where the least is 3300 mV", (millivolts, may) => {
    const power = new FakePower();
    power.batteryMillivolts = millivolts;
    const retained = new RetainedSlices(new FakeRetainedMemory(), "power-on");
    const storage = new MeterStorage(new FakeFlashChip({}), power, retained, 3300);
    expect(storage.mayEraseAhead).toBe(may);
  });

  it("has each log's own partition", () => {
    const chip = new FakeFlashChip({ journal: 8, events: 6 });
    const retained = new RetainedSlices(new FakeRetainedMemory(), "power-on");
    const storage = new MeterStorage(chip, new FakePower(), retained, 1);
    expect(storage.openPartition("events")).toBe(chip.partition("events"));
  });
});
