import { describe, expect, it } from "@jest/globals";
import type { RecordRing } from "../../../../firmware/legal/rings/record-ring.js";
import type { RecordJudge } from "../../../../firmware/legal/rings/sector-scan.js";
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

/** Byte 1 tells whether a record can be read (0), byte 2 how it ranks. */
const judge: RecordJudge = {
  isReadable: (bytes) => bytes[1] === 0,
  rank: (bytes) => bytes[2] ?? 0,
};

function ranked(sequence: number, rank: number, isReadable = true): Uint8Array {
  const bytes = record(sequence);
  bytes[1] = isReadable ? 0 : 1;
  bytes[2] = rank;
  return bytes;
}

/** Sequence number and rank of the record that counts at the next start. */
function found(records: readonly Uint8Array[], spoil?: (flash: FakeFlash) => void): readonly number[] {
  const flash = new FakeFlash(3);
  const ring = openRing(flash, { judge });
  for (const bytes of records) ring.append(bytes);
  spoil?.(flash);
  const newest = openRing(flash, { judge }).found?.newest;
  return newest ? [newest[4] ?? 0, newest[2] ?? 0] : [];
}

function damageSlot(slot: number): (flash: FakeFlash) => void {
  return (flash) => {
    flash.nor.image[slot * 32 + 20] = (flash.nor.image[slot * 32 + 20] ?? 0) ^ 1;
  };
}

describe("of two records with the same number, a judge's ring", () => {
  it("believes the one that ranks higher, whichever came last", () => {
    expect(found([ranked(1, 5), ranked(2, 6), ranked(2, 9)])).toEqual([2, 9]);
    expect(found([ranked(1, 5), ranked(2, 9), ranked(2, 6)])).toEqual([2, 9]);
    expect(found([ranked(2, 9), ranked(2, 6), ranked(2, 7)])).toEqual([2, 9]);
  });

  it("believes the later one of equal rank", () => {
    const earlier = ranked(2, 6);
    const later = ranked(2, 6);
    later[9] = 77;
    const flash = new FakeFlash(3);
    const ring = openRing(flash, { judge });
    for (const bytes of [ranked(1, 5), earlier, later]) ring.append(bytes);
    expect(openRing(flash, { judge }).found?.newest?.[9]).toBe(77);
  });

  it("does not believe a damaged one, however high it ranks", () => {
    expect(found([ranked(1, 5), ranked(2, 9), ranked(2, 6)], damageSlot(2))).toEqual([2, 6]);
    expect(found([ranked(1, 5), ranked(2, 6), ranked(2, 9)], damageSlot(3))).toEqual([2, 6]);
  });

  it("does not believe one in a layout that it does not know", () => {
    expect(found([ranked(1, 5), ranked(2, 9, false), ranked(2, 6)])).toEqual([2, 6]);
    expect(found([ranked(1, 5), ranked(2, 6), ranked(2, 9, false)])).toEqual([2, 6]);
  });

  it("does not let rank stand in for a newer number", () => {
    expect(found([ranked(1, 99), ranked(2, 6)])).toEqual([2, 6]);
    expect(found([ranked(1, 5), ranked(2, 99, false)])).toEqual([1, 5]);
  });
});

describe("a ring without a judge", () => {
  it("believes the later of two records with the same number, or the one that is left", () => {
    const second = record(20);
    second[9] = 0x77;
    for (const isDamaged of [false, true]) {
      const flash = new FakeFlash(3);
      const ring = openRing(flash);
      fill(ring, 1, 20);
      ring.append(second);
      if (isDamaged) damageSlot(21)(flash);
      expect(openRing(flash).found?.newest?.[9]).toBe(isDamaged ? record(20)[9] : 0x77);
    }
  });
});

describe("a sector that can't be read whole", () => {
  /** Refuses long reads of a sector, as its scan makes them. */
  class UnreadableFlash extends FakeFlash {
    unreadableSector = 1;

    override read(address: number, target: Uint8Array): boolean {
      const isScan = target.length > 32 && Math.floor(address / sectorByteLength) === this.unreadableSector;
      return super.read(address, target) && !isScan;
    }
  }

  function lastOf(ring: RecordRing): readonly [number, number] {
    return [newestSequence(ring), ring.lastSequence];
  }

  it("counts as full and empty of records, and the ring goes on in the next", () => {
    const whole = new FakeFlash(4);
    fill(openRing(whole), 1, recordsPerSector + 30);
    const flash = new UnreadableFlash(4, whole.nor.image);
    const ring = openRing(flash);
    expect(lastOf(ring)).toEqual([recordsPerSector, recordsPerSector]);
    const programmed: number[] = [];
    flash.onStep = ({ kind, address }) => {
      if (kind === "program") programmed.push(Math.floor(address / sectorByteLength));
      return undefined;
    };
    fill(ring, recordsPerSector + 31, recordsPerSector + 40);
    expect(new Set(programmed)).toEqual(new Set([2]));
    expect(visited(ring, recordsPerSector + 31)).toEqual(range(recordsPerSector + 31, recordsPerSector + 40));
  });
});
