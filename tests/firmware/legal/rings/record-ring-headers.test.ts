import { describe, expect, it } from "@jest/globals";
import { sealRecord } from "../../../../firmware/legal/rings/record.js";
import { FakeFlash, type FlashStep } from "../../fake-flash.js";
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

function filled(sectors: number, count: number): FakeFlash {
  const flash = new FakeFlash(sectors);
  fill(openRing(flash), 1, count);
  return flash;
}

function isHeader({ kind, address }: FlashStep): boolean {
  return kind === "program" && address % sectorByteLength === 0;
}

/** A chip with one bit that reads as it was programmed every other time only. */
class WeakFlash extends FakeFlash {
  #weakAddress: number;
  #reads: number;

  /** `phase` 0 begins with a right read, 1 with a wrong one. */
  constructor(image: Uint8Array, weakAddress: number, phase: 0 | 1 = 0) {
    super(image.length / sectorByteLength, image);
    this.#weakAddress = weakAddress;
    this.#reads = phase;
  }

  override read(address: number, target: Uint8Array): boolean {
    const isGood = super.read(address, target);
    const offset = this.#weakAddress - address;
    if (offset >= 0 && offset < target.length && ++this.#reads % 2 === 0)
      target[offset] = (target[offset] as number) ^ 1;
    return isGood;
  }
}

describe("the header of a sector", () => {
  it.each([
    ["of another version of the format", 1],
    ["of something else", 0],
  ])("%s makes the sector a free one", (_, index) => {
    const flash = filled(3, 200);
    for (const sector of [0, 1]) {
      const header = flash.nor.image.subarray(sector * sectorByteLength, sector * sectorByteLength + 32);
      header[index] = 2;
      sealRecord(header);
    }
    const ring = openRing(flash);
    expect(ring.found?.newest).toBeUndefined();
    fill(ring, 1, 50);
    expect(visited(openRing(flash))).toEqual(range(1, 50));
  });

  it.each([0, 2, 4, 30])("with a wrong bit in byte %d does so too", (index) => {
    const flash = filled(3, 200);
    const address = sectorByteLength + index;
    flash.nor.image[address] = (flash.nor.image[address] as number) ^ 1;
    expect(newestSequence(openRing(flash))).toBe(recordsPerSector);
  });

  it("that reads differently each time was being written when the power failed, and is not believed", () => {
    const flash = new WeakFlash(filled(3, 200).nor.image, sectorByteLength + 20);
    expect(newestSequence(openRing(flash))).toBe(recordsPerSector);
  });

  it("that can be read only once is not believed", () => {
    const flash = filled(3, 200);
    let reads = 0;
    flash.onStep = ({ kind, address }) =>
      kind === "read" && address === sectorByteLength && ++reads % 2 === 0 ? "refused" : undefined;
    expect(newestSequence(openRing(flash))).toBe(recordsPerSector);
  });

  it("that one sector does not take costs this sector alone", () => {
    const flash = filled(5, 4 * recordsPerSector);
    const ring = openRing(flash, { supply: { mayEraseAhead: false, hasSlept: true } });
    let headers = 0;
    flash.onStep = (step) => (isHeader(step) && ++headers === 1 ? "refused" : undefined);
    fill(ring, 4 * recordsPerSector + 1, 4 * recordsPerSector + 30);
    expect(headers).toBe(2);
    expect(ring.failures).toBe(1);
    expect(newestSequence(openRing(flash))).toBe(4 * recordsPerSector + 30);
  });

  it("that no sector takes costs two sectors' records at most", () => {
    const flash = filled(6, 6 * recordsPerSector);
    const before = visited(openRing(flash));
    const ring = openRing(flash, { supply: { mayEraseAhead: false, hasSlept: true } });
    const { erases } = flash.nor.counters;
    flash.onStep = (step) => (isHeader(step) ? "refused" : undefined);
    expect(ring.append(record(6 * recordsPerSector + 1))).toBe(false);
    expect(flash.nor.counters.erases).toBeLessThanOrEqual(erases + 2);
    flash.onStep = undefined;
    expect(visited(openRing(flash)).length).toBeGreaterThanOrEqual(before.length - 2 * recordsPerSector);
  });
});

describe("a record that reads differently each time", () => {
  it("was being written when the power failed, and is not believed", () => {
    for (const index of [8, 29]) {
      const flash = new WeakFlash(filled(3, 20).nor.image, 20 * 32 + index);
      expect(newestSequence(openRing(flash))).toBe(19);
    }
  });

  it.each([0, 1] as const)(
    "does not give up its place: nothing more is written there (phase %d)",
    (phase) => {
      // The first slot of the page at which the ring would go on.
      const address = 24 * 32;
      const flash = new WeakFlash(filled(3, 20).nor.image, address + 8, phase);
      const programmed: number[] = [];
      flash.onStep = ({ kind, address }) => {
        if (kind === "program") programmed.push(address);
        return undefined;
      };
      fill(openRing(flash), 21, 30);
      expect(programmed).not.toContain(address);
      expect(newestSequence(openRing(flash))).toBe(30);
    },
  );
});

describe("a sector that can't be erased", () => {
  it("is told about, and passed over", () => {
    const flash = filled(4, 4 * recordsPerSector);
    const ring = openRing(flash, { supply: { mayEraseAhead: false, hasSlept: true } });
    let erases = 0;
    flash.onStep = ({ kind }) => (kind === "erase" && ++erases === 1 ? "refused" : undefined);
    fill(ring, 4 * recordsPerSector + 1, 4 * recordsPerSector + 1);
    expect(erases).toBe(2);
    expect(ring.failures).toBe(1);
  });

  it("keeps the ring from going on while none can, and no longer", () => {
    const flash = filled(3, 3 * recordsPerSector);
    const ring = openRing(flash, { supply: { mayEraseAhead: false, hasSlept: true } });
    flash.onStep = ({ kind }) => (kind === "erase" ? "refused" : undefined);
    const next = 3 * recordsPerSector + 1;
    for (let times = 0; times < 3; times++) expect(ring.append(record(next))).toBe(false);
    expect(newestSequence(openRing(flash))).toBe(next - 1);
    flash.onStep = undefined;
    expect(ring.append(record(next))).toBe(true);
    expect(newestSequence(openRing(flash))).toBe(next);
  });

  it("because one byte of it stays programmed is not used", () => {
    const flash = filled(3, 3 * recordsPerSector);
    const ring = openRing(flash, { supply: { mayEraseAhead: false, hasSlept: true } });
    const erased: number[] = [];
    const erase = flash.erase.bind(flash);
    flash.erase = (address) => {
      erased.push(address / sectorByteLength);
      const isGood = erase(address);
      if (erased.length === 1) flash.nor.image[address + sectorByteLength - 1] = 0xfe;
      return isGood;
    };
    fill(ring, 3 * recordsPerSector + 1, 3 * recordsPerSector + 1);
    expect(erased).toHaveLength(2);
    expect(newestSequence(openRing(flash))).toBe(3 * recordsPerSector + 1);
  });

  it("as far as can be read is not used", () => {
    const flash = filled(3, 3 * recordsPerSector);
    const ring = openRing(flash, { supply: { mayEraseAhead: false, hasSlept: true } });
    let wasErased = false;
    let refusals = 0;
    flash.onStep = ({ kind }) => {
      const isCheck = kind === "read" && wasErased && refusals === 0;
      wasErased = kind === "erase";
      return isCheck && ++refusals > 0 ? "refused" : undefined;
    };
    fill(ring, 3 * recordsPerSector + 1, 3 * recordsPerSector + 1);
    expect(refusals).toBe(1);
    expect(ring.failures).toBe(1);
  });
});

describe("a record that the chip reports as failed, though it is there", () => {
  it("is shown once", () => {
    const flash = filled(3, 10);
    const ring = openRing(flash);
    let programs = 0;
    flash.onStep = ({ kind }) => (kind === "program" && ++programs % 4 === 0 ? "misreported" : undefined);
    fill(ring, 11, 90);
    expect(visited(ring)).toEqual(range(1, 90));
    for (const first of [10, 13, 14, 15, 50, 90])
      expect(visited(openRing(flash), first)).toEqual(range(first, 90));
  });
});
