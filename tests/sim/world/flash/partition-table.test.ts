import { beforeEach, describe, expect, it } from "@jest/globals";
import {
  FlashChip,
  type FlashChipPartition,
  type FlashOperation,
} from "../../../../sim/world/flash/partition-table.js";

let chip: FlashChip;
let journal: FlashChipPartition;
let settings: FlashChipPartition;

beforeEach(() => {
  chip = new FlashChip([
    { label: "journal", sectors: 8 },
    { label: "settings", sectors: 2 },
  ]);
  journal = chip.partition("journal") as FlashChipPartition;
  settings = chip.partition("settings") as FlashChipPartition;
});

describe("a flash chip", () => {
  it("has the partitions of its table, in that order", () => {
    expect(chip.partitions.map(({ label, flash }) => [label, flash.byteLength])).toEqual([
      ["journal", 32_768],
      ["settings", 8192],
    ]);
  });

  it("knows no other label", () => {
    expect(chip.partition("nvs")).toBeUndefined();
  });

  it("keeps the partitions apart", () => {
    journal.program(0, new Uint8Array(16));
    expect(journal.read(0, 1)).toEqual(Uint8Array.of(0));
    expect(settings.read(0, 1)).toEqual(Uint8Array.of(0xff));
  });

  it("adds up the counters and finds the most worn sector", () => {
    journal.program(0, new Uint8Array(16));
    settings.program(0, new Uint8Array(16));
    journal.erase(0);
    journal.erase(4096);
    for (let round = 0; round < 3; round++) settings.erase(4096);
    expect(chip.counters).toEqual({ programs: 2, erases: 5, maxSectorErases: 3 });
  });

  it("announces each operation before it happens", () => {
    const operations: FlashOperation[] = [];
    const cellsBefore: (number | undefined)[] = [];
    chip.onOperation = (operation) => {
      operations.push(operation);
      cellsBefore.push(settings.flash.image[4096]);
    };
    settings.program(4096, new Uint8Array(32));
    settings.erase(4096);
    journal.read(7, 3);
    expect(operations).toEqual([
      { kind: "program", partition: "settings", address: 4096, byteLength: 32 },
      { kind: "erase", partition: "settings", address: 4096, byteLength: 4096 },
      { kind: "read", partition: "journal", address: 7, byteLength: 3 },
    ]);
    expect(cellsBefore).toEqual([0xff, 0, 0xff]);
  });

  it("does nothing when the announcement throws", () => {
    chip.onOperation = () => {
      throw new Error("power is gone");
    };
    expect(() => journal.program(0, new Uint8Array(16))).toThrow("power is gone");
    expect(journal.flash.image[0]).toBe(0xff);
    expect(chip.counters.programs).toBe(0);
  });

  it("passes its geometry on", () => {
    const small = new FlashChip([{ label: "all", sectors: 3 }], {
      sectorByteLength: 256,
      programByteLength: 4,
    });
    expect(small.partition("all")?.flash).toMatchObject({
      byteLength: 768,
      sectorByteLength: 256,
      programByteLength: 4,
    });
  });

  it("refuses a label twice and a partition without sectors", () => {
    const entry = { label: "journal", sectors: 1 };
    expect(() => new FlashChip([entry, entry])).toThrow(RangeError);
    expect(() => new FlashChip([{ label: "empty", sectors: 0 }])).toThrow(RangeError);
  });
});
