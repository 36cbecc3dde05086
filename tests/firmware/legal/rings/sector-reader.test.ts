import { describe, expect, it } from "@jest/globals";
import { sequenceOf } from "../../../../firmware/legal/rings/record.js";
import { SectorReader } from "../../../../firmware/legal/rings/sector-reader.js";
import { FakeFlash } from "../../fake-flash.js";
import { fill, openRing } from "./ring-bench.js";

/** The first sector of a ring with so many records, and a reader of it that has read nothing yet. */
function sectorWith(count: number): { flash: FakeFlash; reader: SectorReader } {
  const flash = new FakeFlash(3);
  const ring = openRing(flash);
  fill(ring, 1, count);
  return { flash, reader: new SectorReader(ring, 0) };
}

function refuseReads(flash: FakeFlash): void {
  flash.onStep = ({ kind }) => (kind === "read" ? "refused" : undefined);
}

describe("a SectorReader", () => {
  it("reads a page twice, however many of its slots are looked at", () => {
    const { flash, reader } = sectorWith(20);
    let reads = 0;
    flash.onStep = () => {
      reads++;
      return undefined;
    };
    for (const slot of [8, 9, 10, 15]) {
      expect(reader.isSealed(slot)).toBe(true);
      expect(reader.isBlank(slot)).toBe(false);
      expect(sequenceOf(reader.record(slot))).toBe(slot);
      expect(reader.sequence(slot)).toBe(slot);
    }
    expect(reads).toBe(2);
  });

  it("finds no record in a page that can't be read, though the one before had some", () => {
    const { flash, reader } = sectorWith(20);
    expect(reader.isSealed(9)).toBe(true);
    refuseReads(flash);
    expect(reader.isSealed(17)).toBe(false);
  });

  it("finds no blank slot in a page that can't be read, though the one before was blank", () => {
    const { flash, reader } = sectorWith(20);
    expect(reader.isBlank(41)).toBe(true);
    refuseReads(flash);
    expect(reader.isBlank(17)).toBe(false);
  });

  it.each([1, 7, 8, 20, 127])("finds the last slot in use (%d)", (count) => {
    expect(sectorWith(count).reader.lastUsedSlot).toBe(count);
  });

  it("finds no slot in use in an erased sector", () => {
    expect(new SectorReader(openRing(new FakeFlash(3)), 1).lastUsedSlot).toBe(0);
  });
});
