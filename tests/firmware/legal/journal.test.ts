import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { Journal, journalBankSectorCount } from "../../../firmware/legal/register/journal.js";
import type { MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import { sealRecord, sequenceOf } from "../../../firmware/legal/rings/record.js";
import { FakeFlash } from "../fake-flash.js";

fc.configureGlobal({ seed: 127 });

const bankByteLength = journalBankSectorCount * 4096;
const sectors = 2 * journalBankSectorCount;

function entry(forwardPulses: number): Omit<MeterRecord, "sequence"> {
  return {
    cause: "pulses",
    forwardPulses,
    reversePulses: Math.floor(forwardPulses / 7),
    epochSeconds: 1_772_323_200,
    timeTrust: "network",
    inputForward: forwardPulses & 0xffff,
    inputReverse: 0,
    valve: "open",
    magnetPresent: false,
    sensorFault: false,
    batteryLow: false,
    calibrationEpoch: 0,
  };
}

function openJournal(flash: FakeFlash): Journal {
  return new Journal(storageOn(flash));
}

/** Register values 1 to `count`, one record each. */
function filled(count: number): FakeFlash {
  const flash = new FakeFlash(sectors);
  const journal = openJournal(flash);
  for (let forward = 1; forward <= count; forward++) journal.append(entry(forward));
  return flash;
}

describe("Journal", () => {
  it("is empty on a meter that never counted", () => {
    expect(openJournal(new FakeFlash(sectors)).newest).toBeUndefined();
  });

  it("gives back the last record, numbered, when it is opened again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), (count) => {
        expect(openJournal(filled(count)).newest).toEqual({ ...entry(count), sequence: count });
      }),
      { numRuns: 15 },
    );
  });

  it("goes on numbering where it left off", () => {
    const flash = filled(5);
    const journal = openJournal(flash);
    journal.append(entry(60));
    expect(journal.newest?.sequence).toBe(6);
  });

  it("writes to its two banks in turns", () => {
    const flash = new FakeFlash(sectors);
    const journal = openJournal(flash);
    const banks: number[] = [];
    for (let forward = 1; forward <= 6; forward++) {
      let last = 0;
      flash.onStep = ({ kind, address }) => {
        if (kind === "program") last = Math.floor(address / bankByteLength);
        return undefined;
      };
      journal.append(entry(forward));
      banks.push(last);
    }
    expect(banks.slice(1)).toEqual(banks.slice(0, -1).map((bank) => 1 - bank));
  });

  it.each([
    ["first", 0],
    ["second", 1],
  ])("loses one record at most with all of its %s bank", (_, bank) => {
    for (const count of [400, 401]) {
      const flash = filled(count);
      flash.nor.image.fill(0, bank * bankByteLength, (bank + 1) * bankByteLength);
      expect(openJournal(flash).newest?.forwardPulses).toBeGreaterThanOrEqual(count - 1);
    }
  });

  it.each([
    ["programmed", "program"],
    ["read", "read"],
  ])("goes on in the other bank when one can't be %s", (_, broken) => {
    for (const bank of [0, 1]) {
      const flash = filled(20);
      flash.onStep = ({ kind, address }) =>
        kind === broken && Math.floor(address / bankByteLength) === bank ? "refused" : undefined;
      const journal = openJournal(flash);
      for (let forward = 21; forward <= 40; forward++) expect(journal.append(entry(forward))).toBe(true);
      expect(openJournal(flash).newest?.forwardPulses).toBe(40);
    }
  });

  it("says so when neither bank takes a record, and keeps the last", () => {
    const flash = filled(20);
    const journal = openJournal(flash);
    flash.onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    expect(journal.append(entry(21))).toBe(false);
    expect(journal.newest?.forwardPulses).toBe(20);
    flash.onStep = undefined;
    expect(journal.append(entry(22))).toBe(true);
    expect(openJournal(flash).newest?.forwardPulses).toBe(22);
  });

  it.each([20, 21])(
    "does not mix record %d, which was refused, with the one that took its number",
    (count) => {
      const flash = filled(count);
      const journal = openJournal(flash);
      flash.onStep = ({ kind }) => (kind === "program" ? "misreported" : undefined);
      expect(journal.append(entry(count + 1))).toBe(false);
      flash.onStep = undefined;
      expect(journal.append(entry(count + 9))).toBe(true);
      expect(openJournal(flash).newest).toEqual({ ...entry(count + 9), sequence: count + 1 });
    },
  );

  it("goes on from the newest record that it can read when a newer firmware wrote the last ones", () => {
    const flash = filled(40);
    for (let address = 0; address < flash.geometry.byteLength; address += 32) {
      const record = flash.nor.image.subarray(address, address + 32);
      if (record[0] !== 1 || sequenceOf(record) <= 36) continue;
      record[0] = 2;
      sealRecord(record);
    }
    const journal = openJournal(flash);
    expect(journal.hasUnknownRecord).toBe(true);
    expect(journal.newest?.forwardPulses).toBe(36);
    expect(journal.append(entry(50))).toBe(true);
    expect(openJournal(flash).newest?.forwardPulses).toBe(50);
  });

  it("wears all sectors of both banks alike: one erase per 127 records and sector", () => {
    const laps = 3;
    const { erasesBySector } = filled(laps * 127 * sectors).nor.counters;
    expect(Math.max(...erasesBySector)).toBeLessThanOrEqual(laps + 1);
    expect(Math.max(...erasesBySector) - Math.min(...erasesBySector)).toBeLessThanOrEqual(1);
  });

  it("knows of no newer firmware on a meter that never had one", () => {
    for (const count of [0, 1, 2, 3, 300]) expect(openJournal(filled(count)).hasUnknownRecord).toBe(false);
  });

  it("counts the failures of both banks", () => {
    const flash = filled(20);
    const journal = openJournal(flash);
    expect(journal.failures).toBe(0);
    let forward = 20;
    for (const [bank, count] of [
      [0, 2],
      [1, 3],
    ] as const) {
      let programs = 0;
      flash.onStep = ({ kind, address }) =>
        kind === "program" && Math.floor(address / bankByteLength) === bank && ++programs <= count
          ? "refused"
          : undefined;
      for (let times = 0; times < 4; times++) journal.append(entry(++forward));
    }
    expect(journal.failures).toBe(2 + 3);
  });

  it.each([20, 21])(
    "keeps away from the page of record %d when the next one has to follow it there",
    (count) => {
      const flash = new FakeFlash(sectors);
      const journal = openJournal(flash);
      let lastAddress = 0;
      flash.onStep = ({ kind, address }) => {
        if (kind === "program") lastAddress = address;
        return undefined;
      };
      for (let forward = 1; forward <= count; forward++) journal.append(entry(forward));
      const newestAddress = lastAddress;
      const bank = Math.floor(newestAddress / bankByteLength);
      flash.onStep = ({ kind, address }) => {
        if (kind !== "program") return undefined;
        if (Math.floor(address / bankByteLength) !== bank) return "refused";
        lastAddress = address;
        return undefined;
      };
      expect(journal.append(entry(count + 1))).toBe(true);
      // A cut while this one is programmed can damage the whole page of 256 bytes.
      expect(Math.floor(lastAddress / 256)).toBeGreaterThan(Math.floor(newestAddress / 256));
    },
  );

  it("takes the newer of two records with the same register", () => {
    for (const count of [1, 2, 3]) {
      const flash = filled(6);
      const journal = openJournal(flash);
      for (let times = 0; times < count; times++) journal.append(entry(6));
      expect(openJournal(flash).newest?.sequence).toBe(6 + count);
    }
  });

  it.each([6, 7])("never believes less than the other bank holds (after record %d)", (count) => {
    const flash = filled(count);
    const journal = openJournal(flash);
    journal.append(entry(3));
    const again = openJournal(flash);
    expect(again.newest?.forwardPulses).toBe(count);
    again.append(entry(count + 1));
    expect(openJournal(flash).newest).toMatchObject({ forwardPulses: count + 1, sequence: count + 2 });
  });
});
