import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { MirroredLog } from "../../../../firmware/legal/rings/mirrored-log.js";
import { sequenceOf } from "../../../../firmware/legal/rings/record.js";
import { FakeFlash, type Mishap } from "../../fake-flash.js";
import { filled, halfByteLength, openLog, sectors } from "./mirrored-log-bench.js";
import { range, record, recordsPerSector, sectorByteLength } from "./ring-bench.js";

fc.configureGlobal({ seed: 2 });

function visited(log: MirroredLog, first = 0): number[] {
  const sequences: number[] = [];
  log.visitFrom(first, (bytes) => sequences.push(sequenceOf(bytes)) > 0);
  return sequences;
}

/** Lets the programs of one half, or of both, go wrong. */
function spoil(flash: FakeFlash, half: 0 | 1 | undefined, mishap: Mishap): void {
  flash.onStep = ({ kind, address }) => {
    const isSpoilt = half === undefined || Math.floor(address / halfByteLength) === half;
    return kind === "program" && isSpoilt ? mishap : undefined;
  };
}

describe("MirroredLog", () => {
  it("begins empty", () => {
    const log = openLog(new FakeFlash(sectors));
    expect(log.newest).toBeUndefined();
    expect(log.lastSequence).toBe(0);
    expect(visited(log)).toEqual([]);
  });

  it("shows each record once, oldest first, from any number on", () => {
    const log = openLog(filled(200));
    for (const first of [0, 1, 2, 127, 128, 129, 200, 201])
      expect(visited(log, first)).toEqual(range(Math.max(1, first), 200));
  });

  it("ends a visit when it is told to", () => {
    const log = openLog(filled(20));
    let visits = 0;
    log.visitFrom(5, () => ++visits < 3);
    expect(visits).toBe(3);
  });

  it.each([0, 1])("has everything when half %d is gone", (half) => {
    const flash = filled(300);
    flash.nor.image.fill(0, half * halfByteLength, (half + 1) * halfByteLength);
    const log = openLog(flash);
    expect(log.lastSequence).toBe(300);
    expect(visited(log)).toEqual(range(1, 300));
    expect(visited(log, 150)).toEqual(range(150, 300));
  });

  it("has everything that either half still has, whatever either has lost", () => {
    const slots = fc.uniqueArray(fc.nat(249), { maxLength: 60, size: "max" });
    const image = filled(250).nor.image;
    fc.assert(
      fc.property(slots, fc.infiniteStream(fc.constantFrom(0, 1, 2)), fc.nat(250), (lost, halves, first) => {
        const flash = new FakeFlash(sectors, image);
        const gone = new Set<number>();
        for (const index of lost) {
          const half = Number(halves.next().value);
          const address =
            Math.floor(index / recordsPerSector) * sectorByteLength + (1 + (index % recordsPerSector)) * 32;
          if (half !== 1) flash.nor.image.fill(0, address, address + 9);
          if (half !== 0) flash.nor.image.fill(0, halfByteLength + address, halfByteLength + address + 9);
          if (half === 2) gone.add(index + 1);
        }
        const expected = range(1, 250).filter((sequence) => !gone.has(sequence));
        const log = openLog(flash);
        expect(visited(log)).toEqual(expected);
        expect(visited(log, first)).toEqual(expected.filter((sequence) => sequence >= first));
        expect(log.lastSequence).toBe(expected[expected.length - 1] ?? 0);
      }),
      { numRuns: 80 },
    );
  });

  it.each([0, 1] as const)("goes on when half %d takes no more records", (half) => {
    const flash = filled(20);
    const log = openLog(flash);
    spoil(flash, half, "refused");
    for (const sequence of range(21, 40)) expect(log.append(record(sequence))).toBe(true);
    expect(log.failures).toBeGreaterThan(0);
    flash.onStep = undefined;
    for (const sequence of range(41, 60)) log.append(record(sequence));
    expect(visited(openLog(flash))).toEqual(range(1, 60));
    for (const first of range(15, 60)) expect(visited(openLog(flash), first)).toEqual(range(first, 60));
  });

  it("says so when neither half takes a record", () => {
    const flash = filled(20);
    const log = openLog(flash);
    spoil(flash, undefined, "refused");
    expect(log.append(record(21))).toBe(false);
    expect(log.lastSequence).toBe(20);
  });

  it.each([0, 1] as const)("shows a record once though half %d holds it twice", (half) => {
    const flash = filled(20);
    const log = openLog(flash);
    let count = 0;
    flash.onStep = ({ kind, address }) => {
      const isHalf = Math.floor(address / halfByteLength) === half;
      return kind === "program" && isHalf && ++count === 3 ? "misreported" : undefined;
    };
    for (const sequence of range(21, 30)) log.append(record(sequence));
    expect(visited(log)).toEqual(range(1, 30));
    // What the other half has lost is shown from this one.
    flash.onStep = undefined;
    flash.nor.image.fill(0, (1 - half) * halfByteLength, (2 - half) * halfByteLength);
    expect(visited(openLog(flash))).toEqual(range(1, 30));
  });
});
