import { describe, expect, it } from "@jest/globals";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { Journal, journalBankSectorCount } from "../../../firmware/legal/register/journal.js";
import { encodeMeterRecord, type MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import { sealRecord } from "../../../firmware/legal/rings/record.js";
import { FakeFlash } from "../fake-flash.js";
import { freshPositions, type Positions } from "./rings/ring-bench.js";

const bankByteLength = journalBankSectorCount * 4096;
const sectors = 2 * journalBankSectorCount;

function entry(forwardPulses: number, reversePulses = 0): Omit<MeterRecord, "sequence"> {
  return {
    cause: "pulses",
    forwardPulses,
    reversePulses,
    epochSeconds: 1_772_323_200,
    timeTrust: "network",
    inputForward: forwardPulses & 0xffff,
    inputReverse: reversePulses & 0xffff,
    valve: "none",
    magnetPresent: false,
    sensorFault: false,
    batteryLow: false,
    calibrationEpoch: 0,
  };
}

function openJournal(flash: FakeFlash, positions?: Positions): Journal {
  return new Journal({ ...storageOn(flash), positions: () => positions });
}

/** Register values 1 to `count`, one record each. */
function filled(count: number, positions?: Positions): FakeFlash {
  const flash = new FakeFlash(sectors);
  const journal = openJournal(flash, positions);
  for (let forward = 1; forward <= count; forward++) journal.append(entry(forward));
  return flash;
}

/** Where record `sequence` of a journal that never failed stands, while each bank fills its first sector. */
function addressOf(sequence: number): number {
  const slot = Math.ceil(sequence / 2);
  return (sequence % 2) * bankByteLength + slot * 32;
}

/** What a failing supply does to a record, and, done again, what makes it readable after all. */
function flipBit(flash: FakeFlash, sequence: number): void {
  const address = addressOf(sequence) + 8;
  flash.nor.image[address] = (flash.nor.image[address] ?? 0) ^ 1;
}

describe("after a cut in the middle of a record, the journal", () => {
  it.each([
    ["the first bank", [36, 38, 40]],
    ["the second bank", [37, 39, 41]],
    ["both banks", [35, 36, 37, 38, 39, 40]],
    ["both banks, one record more of the first", [36, 37, 38, 39, 40]],
    ["both banks, one record more of the second", [37, 38, 39, 40, 41]],
  ])("gives no number again that a torn record in %s may carry", (_, torn) => {
    const last = Math.max(...torn);
    const flash = filled(last);
    for (const sequence of torn) flipBit(flash, sequence);
    const journal = openJournal(flash);
    expect(journal.newest?.sequence).toBeLessThan(last);
    expect(journal.nextSequence).toBeGreaterThan(last);
  });

  it.each([21, 22])("stays with what it went on from when torn record %d can be read again", (torn) => {
    const flash = filled(torn);
    flipBit(flash, torn);
    const journal = openJournal(flash);
    // Nobody was told of the torn record: the meter counts on from the one before.
    journal.append(entry(torn - 1));
    const { newest } = journal;
    flipBit(flash, torn);
    expect(openJournal(flash).newest).toEqual(newest);
  });

  it("passes no number over when nothing is torn", () => {
    for (const count of [0, 1, 20, 21]) expect(openJournal(filled(count)).nextSequence).toBe(count + 1);
  });
});

describe("what the journal has found", () => {
  it("is settled when it goes on from where the last run ended", () => {
    const positions = freshPositions();
    for (const count of [20, 21]) {
      const flash = filled(count, positions);
      expect(openJournal(flash, positions).isSettled).toBe(true);
    }
  });

  it("is not settled when it had to be searched for", () => {
    for (const count of [20, 21]) expect(openJournal(filled(count)).isSettled).toBe(false);
  });

  it.each([20, 21])("is not settled when the bank of record %d had to be searched", (count) => {
    const positions = freshPositions();
    const flash = filled(count, positions);
    positions[count % 2]?.note(0, 0, 0, false);
    expect(openJournal(flash, positions).isSettled).toBe(false);
  });

  it("is not settled when there is nothing", () => {
    expect(openJournal(new FakeFlash(sectors)).isSettled).toBe(false);
  });
});

describe("sectors that the journal can't read at all", () => {
  it.each([0, 1])("are told of when bank %d alone has one, of a newer firmware", (bank) => {
    const flash = filled(2);
    const header = flash.nor.image.subarray(bank * bankByteLength, bank * bankByteLength + 32);
    header[1] = 2;
    sealRecord(header);
    flash.nor.image.fill(0xff, (1 - bank) * bankByteLength, (2 - bank) * bankByteLength);
    const journal = openJournal(flash);
    expect(journal.newest).toBeUndefined();
    expect(journal.hasUnknownRecord).toBe(true);
  });

  it.each([0, 1])("are no sign of a newer firmware while the other bank has the register (%d)", (bank) => {
    const flash = filled(20);
    flash.nor.image.fill(0, bank * bankByteLength, (bank + 1) * bankByteLength);
    expect(openJournal(flash).hasUnknownRecord).toBe(false);
  });
});

describe("of two records with the same number, one in either bank, the journal", () => {
  it.each([20, 21])("believes the one with more pulses in reverse (after record %d)", (count) => {
    const flash = filled(count);
    const journal = openJournal(flash);
    flash.onStep = ({ kind }) => (kind === "program" ? "misreported" : undefined);
    expect(journal.append(entry(count, 1))).toBe(false);
    flash.onStep = undefined;
    expect(journal.append(entry(count, 9))).toBe(true);
    expect(openJournal(flash).newest).toEqual({ ...entry(count, 9), sequence: count + 1 });
  });
});

describe("pulses beyond the journal's last record", () => {
  it("are all of both directions on a meter that never counted", () => {
    expect(openJournal(new FakeFlash(sectors)).pulsesBeyond(7, 3)).toBe(10);
  });

  it("are those of either direction since then", () => {
    const journal = openJournal(new FakeFlash(sectors));
    journal.append(entry(100, 40));
    expect(journal.pulsesBeyond(100, 40)).toBe(0);
    expect(journal.pulsesBeyond(107, 43)).toBe(10);
  });
});

describe("the journal's place in flash, which meters in the field have", () => {
  it("is even numbers in the first bank, of kind 1, and odd ones in the second, of kind 2", () => {
    const { image } = filled(2).nor;
    for (const [sequence, bank, kind] of [
      [2, 0, 1],
      [1, 1, 2],
    ] as const) {
      const stored = encodeMeterRecord(entry(sequence), sequence);
      sealRecord(stored);
      const start = bank * bankByteLength;
      expect(image[start + 2]).toBe(kind);
      expect(image.slice(start + 32, start + 64)).toEqual(stored);
    }
  });
});
