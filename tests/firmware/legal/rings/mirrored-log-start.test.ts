import { describe, expect, it } from "@jest/globals";
import { PowerCut } from "../../../../sim/chip/boundary/power-cut.js";
import type { MirroredLog } from "../../../../firmware/legal/rings/mirrored-log.js";
import { sequenceOf } from "../../../../firmware/legal/rings/record.js";
import { FakeFlash, type FlashStep } from "../../fake-flash.js";
import {
  append,
  filled,
  type Half,
  halfByteLength,
  halfOf,
  openLog,
  refuse,
  sectors,
} from "./mirrored-log-bench.js";
import { freshPositions, range, record } from "./ring-bench.js";

/** What happens to flash while `action` runs. */
function stepsOf(flash: FakeFlash, action: () => void): FlashStep[] {
  const steps: FlashStep[] = [];
  flash.onStep = (step) => {
    steps.push(step);
    return undefined;
  };
  action();
  flash.onStep = undefined;
  return steps;
}

/** How many steps of that kind there are in each half. */
function countsOf(steps: readonly FlashStep[], kind: FlashStep["kind"]): number[] {
  return [0, 1].map((half) => steps.filter((step) => step.kind === kind && halfOf(step) === half).length);
}

function visited(log: MirroredLog): Uint8Array[] {
  const records: Uint8Array[] = [];
  log.visitFrom(0, (bytes) => records.push(bytes.slice(0, 28)) > 0);
  return records;
}

function numbersIn(log: MirroredLog): number[] {
  return visited(log).map((bytes) => sequenceOf(bytes));
}

/** What a failing supply does to the record in that slot of a half's first sector, and, done again, undoes. */
function flipBit(flash: FakeFlash, half: Half, slot: number): void {
  const address = half * halfByteLength + slot * 32 + 20;
  flash.nor.image[address] = (flash.nor.image[address] ?? 0) ^ 1;
}

/** A log of 20 records in both halves; power failed while one half got another with number 21, and it is torn. */
function torn(half: Half): FakeFlash {
  const flash = filled(20);
  const other = record(21);
  other[20] = 0;
  const log = openLog(flash);
  // What this start writes once more takes slot 21 of the second half.
  flash.onStep = (step) => {
    if (step.kind !== "program" || halfOf(step) === half) return undefined;
    if (half === 0) throw new PowerCut("between the copies");
    return "refused";
  };
  if (half === 0) expect(() => log.append(other)).toThrow(PowerCut);
  else log.append(other);
  flash.onStep = undefined;
  flipBit(flash, half, half === 0 ? 21 : 22);
  return flash;
}

const tornSlots = [
  [0, 21],
  [1, 22],
] as const;

describe("a start after a cut", () => {
  it.each(tornSlots)("goes on without the record that is torn in half %d, for good", (half, slot) => {
    const flash = torn(half);
    const log = openLog(flash);
    expect(log.lastSequence).toBe(20);
    flipBit(flash, half, slot);
    expect(numbersIn(log)).toEqual(range(1, 20));
    const again = openLog(flash);
    expect(again.lastSequence).toBe(20);
    expect(numbersIn(again)).toEqual(range(1, 20));
  });

  it.each(tornSlots)("shows every record once though one in half %d can be read again", (half, slot) => {
    const flash = torn(half);
    openLog(flash).append(record(21));
    flipBit(flash, half, slot);
    const shown = visited(openLog(flash));
    expect(shown).toEqual(range(1, 21).map((sequence) => record(sequence).slice(0, 28)));
  });

  it.each(tornSlots)("does not show it in this run either when half %d takes nothing more", (half, slot) => {
    const flash = torn(half);
    refuse(flash, half);
    const log = openLog(flash);
    flash.onStep = undefined;
    flipBit(flash, half, slot);
    expect(numbersIn(log)).toEqual(range(1, 20));
  });

  it.each<Half>([0, 1])("that tore the very first record in half %d finds nothing and goes on", (half) => {
    const flash = new FakeFlash(sectors);
    refuse(flash, half === 0 ? 1 : 0);
    append(openLog(flash), 1, 1);
    flash.onStep = undefined;
    flipBit(flash, half, 1);
    const log = openLog(flash);
    expect(log.newest).toBeUndefined();
    expect(log.append(record(1))).toBe(true);
    expect(numbersIn(openLog(flash))).toEqual([1]);
  });

  it("believes the first half when both end with the same number: it is written first", () => {
    const flash = filled(21);
    const other = filled(20);
    const refused = record(21);
    refused[20] = 0;
    openLog(other).append(refused);
    flash.nor.image.set(other.nor.image.subarray(halfByteLength), halfByteLength);
    expect(openLog(flash).newest?.slice(0, 28)).toEqual(record(21).slice(0, 28));
    // That is settled: the other half alone says the same from now on.
    flash.nor.image.fill(0, 0, halfByteLength);
    expect(openLog(flash).newest?.slice(0, 28)).toEqual(record(21).slice(0, 28));
  });
});

describe("a start writes", () => {
  it("nothing, and only looks at both ends, when it goes on from where the last run ended", () => {
    const positions = freshPositions();
    const flash = filled(20, positions);
    const steps = stepsOf(flash, () => openLog(flash, positions));
    expect(countsOf(steps, "program")).toEqual([0, 0]);
    // The newest record, and the blank slot behind it.
    expect(countsOf(steps, "read")).toEqual([2, 2]);
  });

  it.each<Half>([0, 1])("nothing when half %d goes on and ends with the newest record", (half) => {
    const positions = freshPositions();
    const flash = filled(20, positions);
    positions[1 - half]?.note(0, 0, 0, false);
    const steps = stepsOf(flash, () => openLog(flash, positions));
    expect(countsOf(steps, "program")).toEqual([0, 0]);
  });

  it.each<Half>([0, 1])(
    "to half %d one record for each that it lacks, its own last once more, and the newest to both",
    (half) => {
      const flash = filled(20);
      refuse(flash, half);
      append(openLog(flash), 21, 23);
      const programs = countsOf(
        stepsOf(flash, () => openLog(flash)),
        "program",
      );
      // Its last one may be what a cut has left of it.
      expect([programs[half], programs[1 - half]]).toEqual([4, 1]);
    },
  );

  it.each<Half>([0, 1])("down what half %d alone shows, though the other goes on from before it", (half) => {
    const positions = freshPositions();
    const flash = filled(20, positions);
    const other = half === 0 ? 1 : 0;
    refuse(flash, other);
    append(openLog(flash, positions), 21, 21);
    positions[half].note(0, 0, 0, false);
    expect(openLog(flash, positions).lastSequence).toBe(21);
    // Its first copy may have been cut off: read once and never again.
    flash.onStep = undefined;
    flipBit(flash, half, 21);
    flash.nor.image.fill(0, other * halfByteLength, (other + 1) * halfByteLength);
    expect(openLog(flash).lastSequence).toBe(21);
  });
});

describe("a visit", () => {
  it.each<Half>([0, 1])("shows what half %d has refused in this very run", (half) => {
    const flash = filled(20);
    const log = openLog(flash);
    refuse(flash, half);
    append(log, 21, 25);
    expect(numbersIn(log)).toEqual(range(1, 25));
  });

  it("reads no more of the second half the more records the first one shows", () => {
    const [few, many] = [20, 120].map((count) => {
      const flash = filled(count);
      const log = openLog(flash);
      return countsOf(
        stepsOf(flash, () => numbersIn(log)),
        "read",
      )[1];
    });
    expect(many).toBe(few);
  });
});

describe("a log is at rest", () => {
  it("when the next start will find both halves without a search", () => {
    const positions = freshPositions();
    const flash = new FakeFlash(sectors);
    const log = openLog(flash, positions);
    append(log, 1, 20);
    expect(log.isAtRest).toBe(true);
  });

  it("but not when nobody keeps where its halves stand", () => {
    expect(openLog(filled(20)).isAtRest).toBe(false);
  });

  it.each<Half>([0, 1])("but not when the next start has to search half %d", (half) => {
    const positions = freshPositions();
    const log = openLog(new FakeFlash(sectors), positions);
    append(log, 1, 20);
    positions[half].note(0, 0, 0, false);
    expect(log.isAtRest).toBe(false);
  });

  it("but not once something has failed, which would be forgotten", () => {
    const positions = freshPositions();
    const flash = new FakeFlash(sectors);
    const log = openLog(flash, positions);
    let programs = 0;
    flash.onStep = ({ kind }) => (kind === "program" && ++programs === 4 ? "refused" : undefined);
    append(log, 1, 20);
    expect(log.isAtRest).toBe(false);
  });
});
