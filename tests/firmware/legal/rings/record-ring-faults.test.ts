import { describe, expect, it } from "@jest/globals";
import { PowerCut } from "../../../../sim/chip/boundary/power-cut.js";
import { FakeFlash, type Mishap } from "../../fake-flash.js";
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

/** Where the record of that number stands in a ring that had no mishaps and no lap. */
function addressOf(sequence: number): number {
  const sector = Math.floor((sequence - 1) / recordsPerSector);
  return sector * sectorByteLength + (1 + ((sequence - 1) % recordsPerSector)) * 32;
}

function filled(sectors: number, count: number): FakeFlash {
  const flash = new FakeFlash(sectors);
  fill(openRing(flash), 1, count);
  return flash;
}

/** Lets the n-th program (from 1) go wrong. */
function spoilPrograms(flash: FakeFlash, spoilt: (count: number) => Mishap | undefined): void {
  let count = 0;
  flash.onStep = ({ kind }) => (kind === "program" ? spoilt(++count) : undefined);
}

describe("damage to a RecordRing", () => {
  it("of any bit of the newest record uncovers the one before", () => {
    const flash = filled(3, 200);
    const address = addressOf(200);
    const found: number[] = [];
    for (let bit = 0; bit < 256; bit++) {
      const index = address + (bit >> 3);
      const before = flash.nor.image[index] as number;
      flash.nor.image[index] = before ^ (1 << (bit & 7));
      found.push(newestSequence(openRing(flash)));
      flash.nor.image[index] = before;
    }
    expect(new Set(found)).toEqual(new Set([199]));
  });

  it("of one record costs that record alone", () => {
    const flash = filled(3, 300);
    for (const sequence of [1, 77, 127, 128, 200])
      flash.nor.image.fill(0, addressOf(sequence), addressOf(sequence) + 7);
    const ring = openRing(flash);
    const expected = range(1, 300).filter((sequence) => ![1, 77, 127, 128, 200].includes(sequence));
    expect(visited(ring)).toEqual(expected);
    for (const first of [...range(0, 3), ...range(75, 79), ...range(125, 130), ...range(198, 202), 300, 301])
      expect(visited(ring, first)).toEqual(expected.filter((sequence) => sequence >= first));
  });

  it("of a whole sector that holds the newest leaves the ring working", () => {
    const flash = filled(3, 130);
    flash.nor.image.fill(0x5a, sectorByteLength, 2 * sectorByteLength);
    const ring = openRing(flash);
    expect(newestSequence(ring)).toBe(127);
    fill(ring, 128, 300);
    expect(visited(openRing(flash))).toEqual(visited(ring));
    expect(newestSequence(openRing(flash))).toBe(300);
  });

  it("by stray bits in the next slot makes the record go to the one behind it", () => {
    const flash = filled(3, 20);
    // Whichever slot of the next page the ring goes on with.
    for (let slot = 21; slot < 32; slot += 2) flash.nor.image[addressOf(slot) + 30] = 0xfe;
    const ring = openRing(flash);
    fill(ring, 21, 200);
    expect(visited(ring)).toEqual(range(1, 200));
    expect(visited(openRing(flash))).toEqual(range(1, 200));
  });

  it("by stray bits that come while the ring is open does so too", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    fill(ring, 1, 20);
    flash.nor.image[addressOf(23) + 5] = 0x7f;
    fill(ring, 21, 40);
    expect(visited(ring)).toEqual(range(1, 40));
    expect(visited(openRing(flash))).toEqual(range(1, 40));
  });

  it("by stray bits far ahead costs slots, not records", () => {
    const flash = filled(3, 20);
    flash.nor.image[addressOf(90)] = 0;
    const ring = openRing(flash);
    fill(ring, 21, 150);
    for (const first of [1, 20, 21, 60, 61, 120, 150])
      expect(visited(openRing(flash), first)).toEqual(range(first, 150));
  });

  it("of the head and of the next sector in turn does not cost the newest record, which stands behind", () => {
    const flash = filled(3, 2 * recordsPerSector + 30);
    for (const sector of [1, 2])
      flash.nor.image.fill(0x5a, sector * sectorByteLength + 32, (sector + 1) * sectorByteLength);
    const ring = openRing(flash);
    expect(newestSequence(ring)).toBe(recordsPerSector);
    const erased: number[] = [];
    flash.onStep = ({ kind, address }) => {
      if (kind === "erase") erased.push(address / sectorByteLength);
      return undefined;
    };
    fill(ring, 400, 420);
    expect(erased).toEqual([1]);
    expect(visited(openRing(flash), 2)).toEqual([...range(2, recordsPerSector), ...range(400, 420)]);
  });

  it("by a sector of another use is erased when its turn comes", () => {
    const flash = new FakeFlash(3);
    flash.nor.image.fill(0x12);
    const ring = openRing(flash);
    expect(ring.found?.newest).toBeUndefined();
    fill(ring, 1, 200);
    expect(visited(openRing(flash))).toEqual(range(1, 200));
  });
});

describe("a chip that fails", () => {
  it.each<Mishap>(["refused", "ignored"])("to program (%s) makes the record go elsewhere", (mishap) => {
    const flash = filled(6, 10);
    const ring = openRing(flash);
    spoilPrograms(flash, (count) => (count % 3 === 0 ? mishap : undefined));
    fill(ring, 11, 250);
    expect(visited(ring)).toEqual(range(1, 250));
    expect(visited(openRing(flash))).toEqual(range(1, 250));
  });

  it("to program anything at all is told, and the last record stays", () => {
    const flash = filled(3, 10);
    const ring = openRing(flash);
    spoilPrograms(flash, () => "refused");
    expect(ring.append(record(11))).toBe(false);
    expect(newestSequence(ring)).toBe(10);
    flash.onStep = undefined;
    expect(newestSequence(openRing(flash))).toBe(10);
  });

  it.each<Mishap>(["refused", "ignored"])("to erase one sector (%s) leaves the others in use", (mishap) => {
    const flash = filled(4, 4 * recordsPerSector + 10);
    const ring = openRing(flash);
    flash.onStep = ({ kind, address }) =>
      kind === "erase" && address === 2 * sectorByteLength ? mishap : undefined;
    fill(ring, 4 * recordsPerSector + 11, 12 * recordsPerSector);
    expect(newestSequence(openRing(flash))).toBe(12 * recordsPerSector);
    const live = visited(ring, 11 * recordsPerSector);
    expect(live).toEqual(range(11 * recordsPerSector, 12 * recordsPerSector));
  });

  it("to program records in one sector does not cost the newest, which stands in the other", () => {
    const flash = filled(2, recordsPerSector);
    const ring = openRing(flash);
    const erasedSectors: number[] = [];
    flash.onStep = ({ kind, address }) => {
      if (kind === "erase") erasedSectors.push(address / sectorByteLength);
      return kind === "program" && address > sectorByteLength ? "refused" : undefined;
    };
    ring.append(record(recordsPerSector + 1));
    // While it is erased, a power cut would leave nothing at all.
    expect(erasedSectors).not.toContain(0);
  });

  it("to program for a while costs no more history than one sector", () => {
    const flash = filled(4, 4 * recordsPerSector);
    const before = visited(openRing(flash));
    const ring = openRing(flash);
    spoilPrograms(flash, () => "refused");
    expect(ring.append(record(4 * recordsPerSector + 1))).toBe(false);
    flash.onStep = undefined;
    // A supply that is too weak for a moment must not empty the logs.
    expect(visited(openRing(flash)).length).toBeGreaterThanOrEqual(before.length - recordsPerSector);
  });

  it("is told about, slot by slot", () => {
    const flash = filled(3, 10);
    const ring = openRing(flash);
    expect(ring.failures).toBe(0);
    spoilPrograms(flash, (count) => (count <= 3 ? "refused" : undefined));
    fill(ring, 11, 20);
    expect(ring.failures).toBe(3);
  });
});

/** How much of the operation that is cut off still happens. */
type Rest = "nothing" | "first byte" | "half" | "all but a byte" | "all";
const rests: readonly Rest[] = ["nothing", "first byte", "half", "all but a byte", "all"];

function doPart(flash: FakeFlash, kind: string, address: number, rest: Rest, bytes: Uint8Array): void {
  const { image } = flash.nor;
  const length = kind === "erase" ? sectorByteLength : bytes.length;
  const done = { nothing: 0, "first byte": 1, half: length / 2, "all but a byte": length - 1, all: length }[
    rest
  ];
  if (kind === "erase") image.fill(0xff, address, address + done);
  else image.set(bytes.subarray(0, done), address);
}

/** Appends until the power is cut at the given operation; returns the last record that was acknowledged. */
function appendUntilCut(flash: FakeFlash, first: number, cutAt: number, rest: Rest): number {
  const ring = openRing(flash);
  let acknowledged = first - 1;
  let operations = 0;
  const program = flash.program.bind(flash);
  flash.onStep = ({ kind, address }) => {
    if (kind !== "erase" || ++operations !== cutAt) return undefined;
    doPart(flash, kind, address, rest, new Uint8Array());
    throw new PowerCut("during an erase");
  };
  flash.program = (address, bytes) => {
    if (++operations !== cutAt) return program(address, bytes);
    doPart(flash, "program", address, rest, bytes);
    throw new PowerCut("during a program");
  };
  try {
    for (;;) if (ring.append(record(acknowledged + 1))) acknowledged++;
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
  }
  return acknowledged;
}

describe("a power cut", () => {
  // From before the erase ahead to after the change of sector, in a ring that has been round once.
  const first = 4 * recordsPerSector - 40;
  let image: Uint8Array | undefined;
  const worn = (): FakeFlash => {
    image ??= filled(3, first - 1).nor.image;
    return new FakeFlash(3, image);
  };

  it.each(rests)("that leaves %s of any one operation costs no acknowledged record", (rest) => {
    for (let cutAt = 1; cutAt <= 55; cutAt++) {
      const flash = worn();
      const acknowledged = appendUntilCut(flash, first, cutAt, rest);
      const survivor = new FakeFlash(3, flash.nor.image);
      const ring = openRing(survivor);
      const newest = newestSequence(ring);
      expect([acknowledged, acknowledged + 1]).toContain(newest);
      expect(visited(ring, newest - recordsPerSector + 1)).toEqual(
        range(newest - recordsPerSector + 1, newest),
      );
      const last = newest + 140;
      fill(ring, newest + 1, last);
      const kept = range(last - recordsPerSector + 1, last);
      expect(visited(openRing(survivor), last - recordsPerSector + 1)).toEqual(kept);
    }
  });

  it("between the erase and the header leaves a ring that goes on", () => {
    const flash = filled(2, recordsPerSector * 2);
    const ring = openRing(flash);
    let wasErased = false;
    flash.onStep = ({ kind }) => {
      if (kind === "program" && wasErased) throw new PowerCut("before the header");
      wasErased ||= kind === "erase";
      return undefined;
    };
    expect(() => {
      fill(ring, 255, 600);
    }).toThrow(PowerCut);
    expect(wasErased).toBe(true);
    flash.onStep = undefined;
    const again = openRing(flash);
    const newest = newestSequence(again);
    expect(newest).toBeGreaterThanOrEqual(254);
    fill(again, newest + 1, newest + 400);
    expect(newestSequence(openRing(flash))).toBe(newest + 400);
  });
});
