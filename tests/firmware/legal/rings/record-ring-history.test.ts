import { describe, expect, it } from "@jest/globals";
import { PowerCut } from "../../../../sim/chip/boundary/power-cut.js";
import { FakeFlash } from "../../fake-flash.js";
import {
  fill,
  newestSequence,
  openRing,
  range,
  record,
  recordsPerSector,
  sectorByteLength,
  visited,
} from "./ring-bench.js";

const pageByteLength = 256;

/** The page of the last slot that holds the record of that number. */
function lastPlaceOf(flash: FakeFlash, sequence: number): number {
  let page = -1;
  for (let slot = 1; slot < recordsPerSector; slot++)
    if (new DataView(flash.nor.image.buffer).getUint32(slot * 32 + 4, true) === sequence)
      page = Math.floor((slot * 32) / pageByteLength);
  return page;
}

describe("the oldest number in the sector that is being filled", () => {
  it("is the first one of all while there is one sector", () => {
    const ring = openRing(new FakeFlash(3));
    expect(ring.headSequence).toBe(1);
    for (const last of [1, 2, recordsPerSector]) {
      fill(ring, ring.lastSequence + 1, last);
      expect(ring.headSequence).toBe(1);
    }
  });

  it("moves on with each sector, and is found again at the next start", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    for (const sector of range(1, 7)) {
      fill(ring, ring.lastSequence + 1, sector * recordsPerSector + 1);
      expect(ring.headSequence).toBe(sector * recordsPerSector + 1);
      expect(openRing(flash).headSequence).toBe(sector * recordsPerSector + 1);
    }
  });

  it("is that of the next record while a new sector could not take one", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    fill(ring, 1, recordsPerSector);
    flash.onStep = ({ kind, address }) =>
      kind === "program" && address % sectorByteLength !== 0 ? "refused" : undefined;
    expect(ring.append(record(recordsPerSector + 1))).toBe(false);
    expect(ring.headSequence).toBe(recordsPerSector + 1);
  });
});

describe("the oldest number that was not overwritten", () => {
  it.each([2, 3, 4])(
    "is 0 until a ring of %d sectors comes round, then that of its oldest record",
    (sectors) => {
      const flash = new FakeFlash(sectors);
      const ring = openRing(flash);
      expect(ring.keptSequence).toBe(0);
      const step = 41;
      for (let last = step; last < (2 * sectors + 1) * recordsPerSector; last += step) {
        fill(ring, last - step + 1, last);
        const [oldest = 0] = visited(ring);
        const expected = oldest === 1 ? 0 : oldest;
        expect(ring.keptSequence).toBe(expected);
        expect(openRing(flash).keptSequence).toBe(expected);
      }
    },
  );

  it("is that of the oldest that can be read, when what was before it is damaged", () => {
    const flash = new FakeFlash(3);
    fill(openRing(flash), 1, 4 * recordsPerSector);
    const [oldest = 0] = visited(openRing(flash));
    const sector = Math.floor((oldest - 1) / recordsPerSector) % 3;
    const base = sector * sectorByteLength;
    flash.nor.image.fill(0, base + 32, base + 5 * 32);
    expect(openRing(flash).keptSequence).toBe(oldest + 4);
    flash.nor.image.fill(0, base + 32, base + sectorByteLength);
    expect(openRing(flash).keptSequence).toBe(oldest + recordsPerSector);
  });

  it("is 0 when nothing at all can be read", () => {
    const flash = new FakeFlash(2);
    fill(openRing(flash), 1, 5 * recordsPerSector);
    for (const sector of [0, 1])
      flash.nor.image.fill(0, sector * sectorByteLength + 32, (sector + 1) * sectorByteLength);
    expect(openRing(flash).keptSequence).toBe(0);
  });
});

describe("what a visit costs", () => {
  const sectors = 8;
  const count = 11 * recordsPerSector + 50;
  let image: Uint8Array | undefined;

  /** A ring that has been round, filled once for all tests. */
  function full(): FakeFlash {
    if (image) return new FakeFlash(sectors, image);
    const flash = new FakeFlash(sectors);
    fill(openRing(flash), 1, count);
    image = flash.nor.image.slice();
    return flash;
  }

  /** Slots that are read for a visit from `first` that ends after `limit` records. */
  function readsOf(flash: FakeFlash, first: number, limit: number): number {
    const ring = openRing(flash);
    const [oldest = 0] = visited(ring);
    expect(oldest).toBeGreaterThan(0);
    let reads = 0;
    flash.onStep = () => {
      reads++;
      return undefined;
    };
    let visits = 0;
    ring.visitFrom(first, () => ++visits < limit);
    flash.onStep = undefined;
    expect(visits).toBe(Math.min(limit, Math.max(0, count - Math.max(first, oldest) + 1)));
    return reads;
  }

  it.each([0, 1, 6, 48, 49, 50, 51, 176, 177, 500, 700])(
    "is little more than the records shown, %d before the newest, wherever they stand",
    (back) => {
      const flash = full();
      expect(readsOf(flash, count - back, 3)).toBeLessThanOrEqual(3 + sectors + 4);
    },
  );

  it("is little even for the newest alone, or for none", () => {
    const flash = full();
    // The ring goes on at the next page, so the blank slots up to there are looked at.
    expect(readsOf(flash, count, 9)).toBeLessThanOrEqual(4 + 8);
    expect(readsOf(flash, count + 1, 9)).toBeLessThanOrEqual(4 + 8);
  });

  it("grows by pages, not by sectors, where records are missing before the first", () => {
    const flash = full();
    const head = 11 % sectors;
    flash.nor.image.fill(0, head * sectorByteLength + 20 * 32, head * sectorByteLength + 30 * 32);
    expect(readsOf(flash, count - 5, 3)).toBeLessThanOrEqual(8);
    expect(readsOf(flash, count - 15, 3)).toBeLessThanOrEqual(16 + 8);
  });
});

describe("a ring whose numbers leap", () => {
  it("shows the records from any number on, and none before", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    const numbers = [...range(1, 20), ...range(61, 100), ...range(400, 520)];
    for (const sequence of numbers) ring.append(record(sequence));
    for (const first of [1, 20, 21, 60, 61, 62, 70, 99, 100, 101, 399, 400, 405, 500, 520, 521])
      expect(visited(ring, first)).toEqual(numbers.filter((sequence) => sequence >= first));
  });
});

describe("erasing ahead", () => {
  it("is tried a few times per sector, not at each record, when the chip refuses", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    fill(ring, 1, 20);
    let erases = 0;
    flash.onStep = ({ kind }) => (kind === "erase" && ++erases > 0 ? "refused" : undefined);
    fill(ring, 21, recordsPerSector);
    expect(erases).toBeGreaterThan(1);
    expect(erases).toBeLessThanOrEqual(4);
  });
});

describe("a new page", () => {
  it("is begun when the owner asks for it, and costs no record", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    const pages: number[] = [];
    flash.onStep = ({ kind, address }) => {
      if (kind === "program" && address % sectorByteLength !== 0)
        pages.push(Math.floor(address / pageByteLength));
      return undefined;
    };
    for (const sequence of range(1, 40)) {
      ring.startPage();
      fill(ring, sequence, sequence);
    }
    expect(new Set(pages).size).toBe(40);
    expect(visited(ring)).toEqual(range(1, 40));
    expect(visited(openRing(flash), 33)).toEqual(range(33, 40));
  });

  /** Pages between that of record 20 and that of record 21, which is stored after a start. */
  function pagesPassed(spoil: (flash: FakeFlash) => void): number {
    const flash = new FakeFlash(3);
    let page = 0;
    flash.onStep = ({ kind, address }) => {
      if (kind === "program") page = Math.floor(address / pageByteLength);
      return undefined;
    };
    fill(openRing(flash), 1, 20);
    const lastPage = page;
    spoil(flash);
    fill(openRing(flash), 21, 21);
    return page - lastPage;
  }

  it("is begun after a start that finds what is no record in the last one", () => {
    expect(pagesPassed((flash) => (flash.nor.image[21 * 32 + 5] = 0x7f))).toBe(1);
    expect(pagesPassed((flash) => (flash.nor.image[18 * 32 + 9] = 0x00))).toBe(1);
  });

  it("is not begun after a start that finds nothing but records in the last one", () => {
    expect(pagesPassed(() => undefined)).toBe(0);
    expect(pagesPassed((flash) => (flash.nor.image[15 * 32 + 9] = 0x00))).toBe(0);
  });

  it("is kept for the one record that overrules what stands before it", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    fill(ring, 1, 20);
    // Record 21 was refused, and 20 written again to overrule it.
    flash.nor.image[21 * 32] = 0x01;
    ring.isolateNext();
    fill(ring, 20, 20);
    fill(openRing(flash), 21, 22);
    const pages = [20, 21, 22].map((sequence) => lastPlaceOf(flash, sequence));
    expect(pages).toEqual([3, 4, 4]);
  });

  it("is begun behind records that can't be read, in the same sector", () => {
    const flash = new FakeFlash(3);
    fill(openRing(flash), 1, recordsPerSector + 5);
    flash.nor.image.fill(0, sectorByteLength + 32, sectorByteLength + 6 * 32);
    const { erases } = flash.nor.counters;
    const ring = openRing(flash);
    expect(newestSequence(ring)).toBe(recordsPerSector);
    fill(ring, recordsPerSector + 6, recordsPerSector + 60);
    expect(flash.nor.counters.erases).toBe(erases);
    expect(visited(openRing(flash), recordsPerSector)).toEqual([
      recordsPerSector,
      ...range(recordsPerSector + 6, recordsPerSector + 60),
    ]);
  });

  it("does not bring back a sector whose preparation was cut off", () => {
    const flash = new FakeFlash(3);
    fill(openRing(flash), 1, 96);
    // The header of the next sector, which is written at the 97th slot, is the last thing that happens.
    const ring = openRing(flash);
    let wasHeaderWritten = false;
    flash.onStep = ({ kind, address }) => {
      if (wasHeaderWritten) throw new PowerCut("after the header");
      wasHeaderWritten = kind === "program" && address === sectorByteLength;
      return undefined;
    };
    expect(() => {
      fill(ring, 97, 130);
    }).toThrow(PowerCut);
    flash.onStep = undefined;
    const { erases } = flash.nor.counters;
    const again = openRing(flash);
    const newest = newestSequence(again);
    fill(again, newest + 1, 200);
    expect(flash.nor.counters.erases).toBeGreaterThan(erases);
    expect(visited(openRing(flash))).toEqual(range(1, 200));
  });
});
