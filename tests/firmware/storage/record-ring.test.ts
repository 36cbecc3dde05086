import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { positionByteLength, RingPosition } from "../../../firmware/storage/ring-position.js";
import { FakeFlash } from "../fake-flash.js";
import { fill, newestSequence, openRing, range, record, recordsPerSector, visited } from "./ring-bench.js";

fc.configureGlobal({ seed: 4096 });

describe("a new RecordRing", () => {
  it("has nothing to show", () => {
    const ring = openRing(new FakeFlash(3));
    expect(ring.newest).toBeUndefined();
    expect(visited(ring)).toEqual([]);
  });

  it("changes nothing in flash by being opened", () => {
    const flash = new FakeFlash(3);
    fill(openRing(flash), 1, 200);
    const before = flash.nor.counters;
    openRing(flash);
    expect(flash.nor.counters).toEqual(before);
  });

  it.each([
    ["has less than two sectors", { sectorCount: 1 }],
    ["ends behind its partition", { firstSector: 2, sectorCount: 2 }],
  ])("is refused when it %s", (_, options) => {
    expect(() => openRing(new FakeFlash(3), options)).toThrow(RangeError);
  });
});

describe("RecordRing", () => {
  it("gives the newest record, whole, when it is opened again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 700 }), (sectors, count) => {
        const flash = new FakeFlash(sectors);
        fill(openRing(flash), 1, count);
        expect(newestSequence(openRing(flash))).toBe(count);
      }),
      { numRuns: 30 },
    );
  });

  it("gives the newest record while it is being written", () => {
    const ring = openRing(new FakeFlash(2));
    for (const sequence of range(1, 300)) {
      ring.append(record(sequence));
      expect(newestSequence(ring)).toBe(sequence);
    }
  });

  it("always keeps all sectors' records but those of two, without a gap", () => {
    const flash = new FakeFlash(4);
    const ring = openRing(flash);
    const kept = (4 - 2) * recordsPerSector;
    for (let last = 0; last < 4 * 3 * recordsPerSector; last += 7) {
      fill(ring, last + 1, last + 7);
      const live = visited(ring);
      expect(live).toEqual(range(live[0] ?? 0, last + 7));
      expect(live.length).toBeGreaterThanOrEqual(Math.min(kept, last + 7));
    }
  });

  it("visits exactly the live records from any number on, before and after it is opened again", () => {
    const sectors = fc.integer({ min: 2, max: 4 });
    const counts = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(sectors, counts, fc.nat(1000), (sectorCount, count, first) => {
        const flash = new FakeFlash(sectorCount);
        const ring = openRing(flash);
        fill(ring, 1, count);
        const again = openRing(flash);
        const expected = visited(ring).filter((sequence) => sequence >= first);
        expect(visited(ring, first)).toEqual(expected);
        expect(visited(again)).toEqual(visited(ring));
        expect(visited(again, first)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("visits the records behind a number that a caller left out", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    for (let sequence = 2; sequence <= 400; sequence += 2) ring.append(record(sequence));
    const live = visited(ring);
    expect(visited(ring, 301)).toEqual(live.filter((sequence) => sequence > 300));
  });

  it("ends a visit when it is told to", () => {
    const ring = openRing(new FakeFlash(2));
    fill(ring, 1, 50);
    let visits = 0;
    ring.visitFrom(10, () => ++visits < 3);
    expect(visits).toBe(3);
  });

  it("wears its sectors evenly", () => {
    const flash = new FakeFlash(4);
    fill(openRing(flash), 1, 4 * 5 * recordsPerSector + 60);
    const { erasesBySector } = flash.nor.counters;
    expect(Math.max(...erasesBySector) - Math.min(...erasesBySector)).toBeLessThanOrEqual(1);
    expect(Math.max(...erasesBySector)).toBeLessThanOrEqual(5);
  });

  it("wears its sectors evenly when it is opened for each record", () => {
    const flash = new FakeFlash(2);
    for (const sequence of range(1, 2 * 4 * recordsPerSector)) openRing(flash).append(record(sequence));
    const { erasesBySector } = flash.nor.counters;
    expect(Math.max(...erasesBySector) - Math.min(...erasesBySector)).toBeLessThanOrEqual(1);
    expect(Math.max(...erasesBySector)).toBeLessThanOrEqual(4);
  });

  it("erases ahead of need, so that no append of a full sector has to", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    fill(ring, 1, 3 * recordsPerSector + 100);
    const { erases } = flash.nor.counters;
    fill(ring, 3 * recordsPerSector + 101, 4 * recordsPerSector + 1);
    expect(flash.nor.counters.erases).toBe(erases);
  });

  it("does not erase ahead while it may not, and goes on when there is no other room", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash, { mayEraseAhead: () => false });
    fill(ring, 1, 3 * recordsPerSector);
    expect(flash.nor.counters.erases).toBe(0);
    expect(visited(ring)).toEqual(range(1, 3 * recordsPerSector));
    fill(ring, 3 * recordsPerSector + 1, 4 * recordsPerSector);
    expect(flash.nor.counters.erases).toBe(1);
  });

  it("reads nothing of a ring of another kind in the same sectors", () => {
    const flash = new FakeFlash(3);
    fill(openRing(flash, { kind: 1 }), 1, 40);
    const other = openRing(flash, { kind: 2 });
    expect(other.newest).toBeUndefined();
    expect(visited(other)).toEqual([]);
    fill(other, 1, 5);
    expect(visited(openRing(flash, { kind: 2 }))).toEqual(range(1, 5));
  });

  it("keeps to its own sectors of a partition", () => {
    const flash = new FakeFlash(6);
    const rings = [
      openRing(flash, { firstSector: 1, sectorCount: 2, kind: 1 }),
      openRing(flash, { firstSector: 3, sectorCount: 2, kind: 2 }),
    ];
    for (const ring of rings) fill(ring, 1, 600);
    const sectors = range(0, 5).map((sector) => flash.nor.image.subarray(sector * 4096, (sector + 1) * 4096));
    expect(sectors.map((bytes) => bytes.every((byte) => byte === 0xff))).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it("keeps apart from the buffer that was appended", () => {
    const ring = openRing(new FakeFlash(2));
    const bytes = record(1);
    ring.append(bytes);
    bytes.fill(0);
    expect(newestSequence(ring)).toBe(1);
  });
});

describe("a RecordRing that is told where it stood", () => {
  it("shows what it would without, however old that position is", () => {
    const counts = fc.nat(500);
    fc.assert(
      fc.property(counts, counts, (before, since) => {
        const flash = new FakeFlash(3);
        const bytes = new Uint8Array(positionByteLength);
        fill(openRing(flash, { position: new RingPosition(bytes, 0) }), 1, before);
        // The run that wrote these did not come to note where it stood.
        fill(openRing(flash), before + 1, before + since);
        const told = openRing(flash, { position: new RingPosition(bytes, 0) });
        const untold = openRing(flash);
        expect(newestSequence(told)).toBe(before + since);
        expect(visited(told)).toEqual(visited(untold));
        fill(told, before + since + 1, before + since + 140);
        expect(visited(openRing(flash))).toEqual(visited(told));
      }),
      { numRuns: 60 },
    );
  });

  it("is not misled by a position of noise", () => {
    const flash = new FakeFlash(3);
    fill(openRing(flash), 1, 333);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (noise) => {
        const ring = openRing(flash, { position: new RingPosition(noise, 0) });
        expect(newestSequence(ring)).toBe(333);
      }),
    );
  });

  it("goes from record to record through many laps", () => {
    const flash = new FakeFlash(2);
    const bytes = new Uint8Array(positionByteLength);
    for (const sequence of range(1, 900)) {
      const ring = openRing(flash, { position: new RingPosition(bytes, 0) });
      expect(newestSequence(ring)).toBe(sequence - 1);
      ring.append(record(sequence));
    }
    const live = visited(openRing(flash, { position: new RingPosition(bytes, 0) }));
    expect(live).toEqual(range(live[0] ?? 0, 900));
  });

  it("reads far less", () => {
    const flash = new FakeFlash(4);
    const bytes = new Uint8Array(positionByteLength);
    fill(openRing(flash, { position: new RingPosition(bytes, 0) }), 1, 300);
    let reads = 0;
    flash.onStep = () => {
      reads++;
      return undefined;
    };
    openRing(flash, { position: new RingPosition(bytes, 0) });
    expect(reads).toBe(1);
  });
});
