import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { positionByteLength, RingPosition } from "../../../../firmware/legal/rings/ring-position.js";
import { FakeFlash } from "../../fake-flash.js";
import { fill, newestSequence, openRing, range, record, recordsPerSector, visited } from "./ring-bench.js";

fc.configureGlobal({ seed: 4096 });

describe("a new RecordRing", () => {
  it("has nothing to show", () => {
    const ring = openRing(new FakeFlash(3));
    expect(ring.found?.newest).toBeUndefined();
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
    expect(() => openRing(new FakeFlash(3), options)).toThrow("does not fit its partition");
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
      expect(ring.lastSequence).toBe(sequence);
    }
  });

  it("always keeps all sectors' records but those of two, without a gap", () => {
    const flash = new FakeFlash(4);
    const ring = openRing(flash);
    const kept = (4 - 2) * recordsPerSector;
    const step = 61;
    for (let last = 0; last < 4 * 3 * recordsPerSector; last += step) {
      fill(ring, last + 1, last + step);
      const live = visited(ring);
      expect(live).toEqual(range(live[0] ?? 0, last + step));
      expect(live.length).toBeGreaterThanOrEqual(Math.min(kept, last + step));
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

  it("ends a visit when it is told to", () => {
    const ring = openRing(new FakeFlash(2));
    fill(ring, 1, 50);
    let visits = 0;
    ring.visitFrom(10, () => ++visits < 3);
    expect(visits).toBe(3);
  });

  it("wears its sectors evenly: one erase per lap", () => {
    const flash = new FakeFlash(4);
    fill(openRing(flash), 1, 4 * 5 * recordsPerSector);
    const { erasesBySector } = flash.nor.counters;
    expect(Math.max(...erasesBySector) - Math.min(...erasesBySector)).toBeLessThanOrEqual(1);
    expect(Math.max(...erasesBySector)).toBeLessThanOrEqual(5 + 1);
  });

  it("erases ahead of need, so that no append to a full sector has to", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    fill(ring, 1, 3 * recordsPerSector + 110);
    const { erases } = flash.nor.counters;
    fill(ring, 3 * recordsPerSector + 111, 4 * recordsPerSector + 1);
    expect(flash.nor.counters.erases).toBe(erases);
  });

  it("does not erase ahead while it may not, and goes on when there is no other room", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash, { supply: { mayEraseAhead: false, hasSlept: true } });
    fill(ring, 1, 3 * recordsPerSector);
    const { erases } = flash.nor.counters;
    expect(visited(ring)).toEqual(range(1, 3 * recordsPerSector));
    expect(ring.append(record(3 * recordsPerSector + 1))).toBe(true);
    expect(flash.nor.counters.erases).toBe(erases + 1);
  });

  it("erases ahead as soon as it may again", () => {
    const flash = new FakeFlash(3);
    const supply = { mayEraseAhead: false, hasSlept: true };
    const ring = openRing(flash, { supply });
    fill(ring, 1, recordsPerSector - 17);
    const { erases } = flash.nor.counters;
    supply.mayEraseAhead = true;
    fill(ring, recordsPerSector - 16, recordsPerSector);
    expect(flash.nor.counters.erases).toBe(erases + 1);
    supply.mayEraseAhead = false;
    fill(ring, recordsPerSector + 1, recordsPerSector + 20);
    expect(flash.nor.counters.erases).toBe(erases + 1);
  });

  it("reads nothing of a ring of another kind in the same sectors", () => {
    const flash = new FakeFlash(3);
    fill(openRing(flash, { kind: 1 }), 1, 40);
    const other = openRing(flash, { kind: 2 });
    expect(other.found?.newest).toBeUndefined();
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
});

describe("a RecordRing that is told where it stood", () => {
  /** One run of the application. */
  interface Run {
    readonly appends: number;
    /** After a reset nobody tells where the ring stood. */
    readonly isAfterReset: boolean;
  }
  const runs = fc.array(
    fc.record({ appends: fc.oneof(fc.nat(3), fc.nat(150)), isAfterReset: fc.boolean() }),
    { maxLength: 15, size: "max" },
  );

  it("shows what it would without, run after run", () => {
    const check = (fates: readonly Run[]): void => {
      const flash = new FakeFlash(3);
      const bytes = new Uint8Array(positionByteLength);
      let last = 0;
      for (const { appends, isAfterReset } of fates) {
        if (isAfterReset) bytes.fill(0);
        const told = openRing(flash, { position: new RingPosition(bytes, 0) });
        const untold = openRing(new FakeFlash(3, flash.nor.image));
        expect(newestSequence(told)).toBe(last);
        expect(newestSequence(untold)).toBe(last);
        expect(visited(told)).toEqual(visited(untold));
        fill(told, last + 1, last + appends);
        last += appends;
      }
    };
    fc.assert(fc.property(runs, check), { numRuns: 25 });
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

  it("goes from record to record through many laps, and wears its sectors as if it had never been closed", () => {
    const flash = new FakeFlash(3);
    const bytes = new Uint8Array(positionByteLength);
    const laps = 4;
    for (const sequence of range(1, laps * 3 * recordsPerSector)) {
      const ring = openRing(flash, { position: new RingPosition(bytes, 0) });
      expect(newestSequence(ring)).toBe(sequence - 1);
      ring.append(record(sequence));
    }
    const live = visited(openRing(flash, { position: new RingPosition(bytes, 0) }));
    expect(live).toEqual(range(live[0] ?? 0, laps * 3 * recordsPerSector));
    expect(Math.max(...flash.nor.counters.erasesBySector)).toBeLessThanOrEqual(laps + 1);
  });

  it("reads a record or two, not a sector", () => {
    const flash = new FakeFlash(4);
    const bytes = new Uint8Array(positionByteLength);
    fill(openRing(flash, { position: new RingPosition(bytes, 0) }), 1, 300);
    let reads = 0;
    flash.onStep = () => {
      reads++;
      return undefined;
    };
    openRing(flash, { position: new RingPosition(bytes, 0) });
    expect(reads).toBeLessThanOrEqual(3);
  });
});
