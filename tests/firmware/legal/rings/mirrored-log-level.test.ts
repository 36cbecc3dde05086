import { describe, expect, it } from "@jest/globals";
import { PowerCut } from "../../../../sim/chip/boundary/power-cut.js";
import { sequenceOf } from "../../../../firmware/legal/rings/record.js";
import { FakeFlash } from "../../fake-flash.js";
import { append, type Half, halfByteLength, halfOf, openLog, refuse, sectors } from "./mirrored-log-bench.js";
import { freshPositions, range, record, recordsPerSector, sectorByteLength } from "./ring-bench.js";

/** Numbers of the records that one half holds by itself. */
function heldBy(flash: FakeFlash, half: Half): number[] {
  const alone = new FakeFlash(sectors, flash.nor.image);
  alone.nor.image.fill(0, (1 - half) * halfByteLength, (2 - half) * halfByteLength);
  const sequences: number[] = [];
  openLog(alone).visitFrom(0, (bytes) => sequences.push(sequenceOf(bytes)) > 0);
  return sequences;
}

/** A log of 20 records in both halves, and `lacking` more that one half does not have. */
function lagging(half: Half, lacking: number): FakeFlash {
  const flash = new FakeFlash(sectors);
  const log = openLog(flash);
  append(log, 1, 20);
  refuse(flash, half);
  append(log, 21, 20 + lacking);
  flash.onStep = undefined;
  return flash;
}

describe("a half that lags behind at the start", () => {
  it.each<[Half, number]>([
    [0, 1],
    [1, 1],
    [0, 8],
    [1, 8],
    [0, 88],
    [1, 88],
  ])("(half %d, by %d records) is given what it lacks before the next record", (half, lacking) => {
    const flash = lagging(half, lacking);
    expect(heldBy(flash, half)).toEqual(range(1, 20));
    const log = openLog(flash);
    expect(log.append(record(21 + lacking))).toBe(true);
    expect(heldBy(flash, half)).toEqual(range(1, 21 + lacking));
    expect(heldBy(flash, half === 0 ? 1 : 0)).toEqual(range(1, 21 + lacking));
  });

  it.each<Half>([0, 1])("(half %d) by more than a cut can explain goes on from now", (half) => {
    const flash = lagging(half, 89);
    openLog(flash).append(record(110));
    expect(heldBy(flash, half)).toEqual([...range(1, 20), 109, 110]);
  });

  it("because power failed between the two copies holds both after the next record", () => {
    const flash = new FakeFlash(sectors);
    const cut = openLog(flash);
    append(cut, 1, 20);
    flash.onStep = ({ kind, address }) => {
      if (kind === "program" && address >= halfByteLength) throw new PowerCut("before the second copy");
      return undefined;
    };
    expect(() => cut.append(record(21))).toThrow(PowerCut);
    flash.onStep = undefined;
    openLog(flash).append(record(22));
    expect(heldBy(flash, 1)).toEqual(range(1, 22));
  });

  it.each<Half>([0, 1])("is brought level though the position of half %d alone proves right", (half) => {
    const positions = freshPositions();
    const flash = new FakeFlash(sectors);
    const log = openLog(flash, positions);
    append(log, 1, 20);
    refuse(flash, half === 0 ? 1 : 0);
    log.append(record(21));
    flash.onStep = undefined;
    positions[1 - half]?.note(0, 0, 0, false);
    openLog(flash, positions).append(record(22));
    expect(heldBy(flash, half === 0 ? 1 : 0)).toEqual(range(1, 22));
  });

  it("is looked after once, and not in a run that goes on after a sleep", () => {
    const positions = freshPositions();
    const flash = new FakeFlash(sectors);
    append(openLog(flash, positions), 1, 20);
    const log = openLog(flash, positions);
    let reads = 0;
    flash.onStep = ({ kind }) => {
      if (kind === "read") reads++;
      return undefined;
    };
    log.append(record(21));
    // In each half: the slot is blank, and it holds the record.
    expect(reads).toBe(4);
    const searched = openLog(flash);
    searched.append(record(22));
    reads = 0;
    searched.append(record(23));
    expect(reads).toBe(4);
  });
});

describe("the two halves together", () => {
  it.each<Half>([0, 1])("show the newest record when half %d lacks it", (half) => {
    const flash = lagging(half, 3);
    expect(openLog(flash).lastSequence).toBe(23);
    expect(sequenceOf(openLog(flash).newest as Uint8Array)).toBe(23);
  });

  it.each<Half>([0, 1])(
    "have begun their sector with the later record of the two (half %d ahead)",
    (half) => {
      const flash = new FakeFlash(sectors);
      const log = openLog(flash);
      expect(log.headSequence).toBe(1);
      let programs = 0;
      // Five slots fail, so this half changes to its next sector five records earlier.
      flash.onStep = (step) =>
        step.kind === "program" &&
        halfOf(step) === half &&
        step.address % sectorByteLength !== 0 &&
        ++programs <= 5
          ? "refused"
          : undefined;
      append(log, 1, recordsPerSector - 2);
      expect(log.headSequence).toBe(recordsPerSector - 5 + 1);
      append(log, recordsPerSector - 1, recordsPerSector + 2);
      expect(log.headSequence).toBe(recordsPerSector + 1);
    },
  );

  it.each<Half>([0, 1])("count the failures of half %d", (half) => {
    const flash = lagging(half, 0);
    const log = openLog(flash);
    let programs = 0;
    flash.onStep = (step) =>
      step.kind === "program" && halfOf(step) === half && ++programs <= 2 ? "refused" : undefined;
    log.append(record(21));
    expect(log.failures).toBe(2);
  });

  it("show nothing that either of them has overwritten", () => {
    const flash = new FakeFlash(sectors);
    const log = openLog(flash);
    append(log, 1, 3 * recordsPerSector);
    refuse(flash, 1);
    append(log, 3 * recordsPerSector + 1, 5 * recordsPerSector);
    flash.onStep = undefined;
    const sequences: number[] = [];
    log.visitFrom(0, (bytes) => sequences.push(sequenceOf(bytes)) > 0);
    expect(sequences[0]).toBeGreaterThan(recordsPerSector);
    expect(sequences).toEqual(range(sequences[0] ?? 0, 5 * recordsPerSector));
  });
});
