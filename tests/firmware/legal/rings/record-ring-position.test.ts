import { describe, expect, it } from "@jest/globals";
import { positionByteLength, RingPosition } from "../../../../firmware/legal/rings/ring-position.js";
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

function positionAt(sector: number, nextSlot: number, sequence: number): RingPosition {
  const position = new RingPosition(new Uint8Array(positionByteLength), 0);
  position.note(sector, nextSlot, sequence, false);
  return position;
}

/** A flash with that many records, and where its ring stood at their end. */
function told(sectors: number, count: number): { flash: FakeFlash; position: RingPosition } {
  const flash = new FakeFlash(sectors);
  const position = positionAt(0, 0, 0);
  fill(openRing(flash, { position }), 1, count);
  return { flash, position };
}

describe("a noted position", () => {
  it.each([1, 2, 95, 126, 127, 128, 129, 300, 381])(
    "is believed after %d records, for a few reads",
    (count) => {
      const { flash, position } = told(4, count);
      let reads = 0;
      flash.onStep = () => {
        reads++;
        return undefined;
      };
      const ring = openRing(flash, { position });
      expect(ring.found?.wasResumed).toBe(true);
      // Behind a full sector, the headers tell whether another one has been begun.
      expect(reads).toBeLessThanOrEqual(count % recordsPerSector === 0 ? 10 : 2);
      expect([newestSequence(ring), ring.lastSequence]).toEqual([count, count]);
    },
  );

  it("is not needed", () => {
    const { flash } = told(4, 300);
    expect(openRing(flash).found?.wasResumed).toBe(false);
    expect(openRing(flash, { position: positionAt(0, 0, 0) }).found?.wasResumed).toBe(false);
  });

  it("that is older than the flash is not believed", () => {
    for (const count of [20, recordsPerSector, 2 * recordsPerSector]) {
      const { flash, position } = told(3, count);
      const newer = positionAt(position.sector, position.nextSlot, position.sequence);
      fill(openRing(flash, { position: newer }), count + 1, count + 3);
      const ring = openRing(flash, { position });
      expect(ring.found?.wasResumed).toBe(false);
      expect(newestSequence(ring)).toBe(count + 3);
      fill(ring, count + 4, count + 40);
      expect(visited(ring, count - 5)).toEqual(range(count - 5, count + 40));
    }
  });

  it("whose record can't be read any more is not believed", () => {
    const { flash, position } = told(3, 20);
    flash.nor.image[20 * 32 + 30] = (flash.nor.image[20 * 32 + 30] ?? 0) ^ 1;
    const ring = openRing(flash, { position });
    expect(ring.found?.wasResumed).toBe(false);
    expect(newestSequence(ring)).toBe(19);
  });

  it("is not believed when the chip fails to read there", () => {
    const { flash, position } = told(3, 20);
    let reads = 0;
    flash.onStep = ({ kind }) => (kind === "read" && ++reads === 1 ? "refused" : undefined);
    const ring = openRing(flash, { position });
    expect(ring.found?.wasResumed).toBe(false);
    expect(newestSequence(ring)).toBe(20);
  });

  it("with another number than the record's is not believed", () => {
    const { flash } = told(3, 20);
    // The rest of the first sector fails, so that it ends with blank slots and the ring goes on in the second.
    flash.onStep = ({ kind, address }) =>
      kind === "program" && address < sectorByteLength ? "refused" : undefined;
    fill(openRing(flash), 21, 30);
    flash.onStep = undefined;
    expect(newestSequence(openRing(flash, { position: positionAt(0, 21, 999) }))).toBe(30);
  });

  it("that points at a sector's header is not believed", () => {
    const { flash } = told(3, 2 * recordsPerSector + 20);
    const last = 2 * recordsPerSector + 20;
    // Headers are sealed as well, and their generation stands where a record has its number.
    for (const sector of [0, 1, 2])
      for (const position of [positionAt(sector, 1, sector + 1), positionAt(sector, 129, sector + 2)])
        expect(newestSequence(openRing(flash, { position }))).toBe(last);
  });

  it("that points into the ring behind is not believed", () => {
    const flash = new FakeFlash(4);
    const halves = [
      { firstSector: 0, sectorCount: 2 },
      { firstSector: 2, sectorCount: 2, kind: 8 },
    ];
    fill(openRing(flash, halves[0]), 1, 20);
    fill(openRing(flash, halves[1]), 1, 70);
    expect(newestSequence(openRing(flash, { ...halves[0], position: positionAt(2, 71, 70) }))).toBe(20);
  });

  it("lets the ring go on into the sector that was prepared", () => {
    const { flash, position } = told(3, 100);
    const { erases } = flash.nor.counters;
    const ring = openRing(flash, { position });
    fill(ring, 101, 200);
    expect(flash.nor.counters.erases).toBe(erases);
    expect(visited(ring)).toEqual(range(1, 200));
    fill(ring, 201, 700);
    expect(visited(ring)).toEqual(visited(openRing(flash)));
  });

  it("is kept up to date by each append", () => {
    const { flash, position } = told(3, 20);
    const ring = openRing(flash, { position });
    for (const sequence of range(21, 150)) {
      ring.append(record(sequence));
      expect(position.sequence).toBe(sequence);
      expect(newestSequence(openRing(flash, { position }))).toBe(sequence);
    }
  });
});

describe("a ring is noted", () => {
  it("after each append, also with numbers beyond 16 bits", () => {
    const position = positionAt(0, 0, 0);
    const ring = openRing(new FakeFlash(3), { position });
    for (const sequence of [1, 2, 0xffff, 0x10000, 0x10001]) {
      ring.append(record(sequence));
      expect(ring.isNoted).toBe(true);
    }
  });

  it("but not without a place to note it", () => {
    const ring = openRing(new FakeFlash(3));
    fill(ring, 1, 20);
    expect(ring.isNoted).toBe(false);
  });

  it("but not between a new page and the record that begins it", () => {
    const { flash, position } = told(3, 20);
    const ring = openRing(flash, { position });
    expect(ring.isNoted).toBe(true);
    ring.startPage();
    expect(ring.isNoted).toBe(false);
    fill(ring, 21, 21);
    expect(ring.isNoted).toBe(true);
  });

  it("but not when its newest record stands in the sector before, because the only one in the last is torn", () => {
    const { flash, position } = told(3, recordsPerSector + 1);
    const index = sectorByteLength + 32 + 20;
    flash.nor.image[index] = (flash.nor.image[index] ?? 0) ^ 1;
    const ring = openRing(flash, { position });
    ring.notePosition();
    expect(newestSequence(ring)).toBe(recordsPerSector);
    expect(ring.isNoted).toBe(false);
  });

  it.each([
    ["sector", positionAt(1, 21, 20)],
    ["slot", positionAt(0, 22, 20)],
    ["number", positionAt(0, 21, 21)],
  ])("but not when the note tells of another %s", (_, other) => {
    const { flash, position } = told(3, 20);
    const ring = openRing(flash, { position });
    position.note(other.sector, other.nextSlot, other.sequence, false);
    expect(ring.isNoted).toBe(false);
  });
});

describe("the note of the next sector", () => {
  it("says that it is prepared from the record on that had it prepared, run after run", () => {
    const { flash, position } = told(3, 95);
    expect(position.isNextPrepared).toBe(false);
    fill(openRing(flash, { position }), 96, 96);
    expect(position.isNextPrepared).toBe(true);
    fill(openRing(flash, { position }), 97, 100);
    expect(position.isNextPrepared).toBe(true);
  });

  it("says no more that it is prepared once it is in use", () => {
    expect(told(3, recordsPerSector).position.isNextPrepared).toBe(true);
    expect(told(3, recordsPerSector + 1).position.isNextPrepared).toBe(false);
  });

  it("says that it is not, as long as that is so, for a ring that was searched", () => {
    const { flash } = told(3, 20);
    const position = positionAt(0, 0, 0);
    fill(openRing(flash, { position }), 21, 22);
    expect(position.isNextPrepared).toBe(false);
  });
});
