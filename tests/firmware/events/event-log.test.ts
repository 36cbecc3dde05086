import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type EventEntry, EventLog, linkByteLength } from "../../../firmware/events/event-log.js";
import { type EventName, eventNames } from "../../../firmware/events/event-names.js";
import { isSealedRecord, sealRecord } from "../../../firmware/legal/rings/record.js";
import { RetainedSlices } from "../../../firmware/storage/retained-slices.js";
import { partitionTable } from "../../../sim/run/initial-flash.js";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { FakeFlash } from "../fake-flash.js";
import { FakeCrypto, FakeRetainedMemory } from "../fake-hardware.js";

fc.configureGlobal({ seed: 72 });

const crypto = new FakeCrypto("events");
const sectorByteLength = 4096;

function openLog(flash: FakeFlash): EventLog {
  return new EventLog(storageOn(flash), { crypto });
}

/** A log of `count` entries, the n-th of which has the detail n and happened n seconds after the epoch. */
function filled(sectors: number, count: number): FakeFlash {
  const flash = new FakeFlash(sectors);
  const log = openLog(flash);
  for (let number = 1; number <= count; number++) log.append("magnet", number, number);
  return flash;
}

function entriesOf(log: EventLog, first = 0): EventEntry[] {
  const entries: EventEntry[] = [];
  log.visitFrom(first, (entry) => entries.push(entry) > 0);
  return entries;
}

function detailsOf(log: EventLog, first = 0): number[] {
  return entriesOf(log, first).map(({ detail }) => detail);
}

/** The entries that do not carry the start of their predecessor's digest; the oldest can't be checked. */
function brokenLinks(entries: readonly EventEntry[]): number[] {
  const broken: number[] = [];
  entries.forEach(({ bytes, sequence }, index) => {
    const predecessor = entries[index - 1];
    if (!predecessor) return;
    const digest = createHash("sha256").update(predecessor.bytes.subarray(0, 28)).digest();
    if (!digest.subarray(0, linkByteLength).equals(bytes.subarray(16, 16 + linkByteLength)))
      broken.push(sequence);
  });
  return broken;
}

describe("an EventLog", () => {
  it("begins empty", () => {
    expect(entriesOf(openLog(new FakeFlash(6)))).toEqual([]);
  });

  it("gives back what was noted, numbered from 1", () => {
    const noted = fc.array(
      fc.tuple(
        fc.constantFrom<EventName>(...eventNames),
        fc.integer({ min: -0x80000000, max: 0x7fffffff }),
        fc.nat(0xffffffff),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(noted, (events) => {
        const log = openLog(new FakeFlash(4));
        for (const [event, detail, epochSeconds] of events)
          expect(log.append(event, detail, epochSeconds)).toBe(true);
        const expected = events.map(([event, detail, epochSeconds], index) => ({
          ...{ sequence: index + 1, event, epochSeconds, detail },
        }));
        expect(entriesOf(log)).toMatchObject(expected);
        expect(entriesOf(log)).toHaveLength(events.length);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [0x7fffffff + 1, 0x7fffffff],
    [2 ** 53, 0x7fffffff],
    [-0x80000000 - 1, -0x80000000],
    [-(2 ** 40), -0x80000000],
    [0x7fffffff, 0x7fffffff],
    [-0x80000000, -0x80000000],
  ])("keeps a detail of %d as %d: the nearest that fits", (detail, kept) => {
    const log = openLog(new FakeFlash(4));
    log.append("time-set", detail, 0);
    expect(detailsOf(log)).toEqual([kept]);
  });

  it("shows the entries from any number on, and ends when it is told to", () => {
    const log = openLog(filled(6, 20));
    expect(detailsOf(log, 18)).toEqual([18, 19, 20]);
    let visits = 0;
    log.visitFrom(5, () => ++visits < 3);
    expect(visits).toBe(3);
  });

  it("shows an event that a newer firmware noted as unknown, and keeps what is known of it", () => {
    const flash = filled(6, 3);
    for (const half of [0, 3]) {
      const address = half * sectorByteLength + 2 * 32;
      const record = flash.nor.image.subarray(address, address + 32);
      record[1] = eventNames.length;
      sealRecord(record);
    }
    expect(entriesOf(openLog(flash))).toMatchObject([
      { sequence: 1, event: "magnet" },
      { sequence: 2, event: "unknown", detail: 2, epochSeconds: 2 },
      { sequence: 3, event: "magnet" },
    ]);
  });

  it("leaves the flash alone until there is something to store or to show", () => {
    const flash = filled(6, 3);
    const steps: string[] = [];
    flash.onStep = ({ kind }) => {
      steps.push(kind);
      return undefined;
    };
    const log = openLog(flash);
    expect(log.failures).toBe(0);
    expect(steps).toEqual([]);
    log.append("magnet", 4, 4);
    expect(steps).toContain("program");
  });

  it("says so when the flash refuses, and counts what failed", () => {
    const flash = filled(6, 3);
    const log = openLog(flash);
    flash.onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    expect(log.append("magnet", 9, 9)).toBe(false);
    expect(log.failures).toBeGreaterThan(0);
    expect(detailsOf(log)).toEqual([1, 2, 3]);
  });
});

describe("the event log's chain", () => {
  it("links each entry to its predecessor, from a first one without a link", () => {
    const entries = entriesOf(openLog(filled(6, 50)));
    expect(brokenLinks(entries)).toEqual([]);
    expect(entries[0]?.bytes.subarray(16, 28)).toEqual(new Uint8Array(12));
    expect(entries.every(({ bytes }) => isSealedRecord(bytes))).toBe(true);
  });

  it("goes on over every start of the application", () => {
    const flash = new FakeFlash(6);
    const memory = new FakeRetainedMemory();
    for (let number = 1; number <= 40; number++) {
      const retained = new RetainedSlices(memory, number % 3 === 0 ? "watchdog" : "timer");
      const log = new EventLog(
        { ...storageOn(flash), positions: () => retained.positions("events") },
        { crypto },
      );
      log.append("reset", number, number);
      retained.save();
    }
    const entries = entriesOf(openLog(flash));
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
    expect(entries).toHaveLength(40);
    expect(brokenLinks(entries)).toEqual([]);
  });

  it("shows an entry that was altered, though its CRC is right", () => {
    const flash = filled(6, 9);
    const altered = entriesOf(openLog(flash))[4]?.bytes.slice() as Uint8Array;
    altered[12] = 99;
    sealRecord(altered);
    for (const half of [0, 3]) flash.nor.image.set(altered, half * sectorByteLength + 5 * 32);
    const entries = entriesOf(openLog(flash));
    expect(entries[4]?.detail).toBe(99);
    expect(brokenLinks(entries)).toEqual([6]);
  });

  it("is whole when each half has lost other entries", () => {
    const lost = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30, size: "max" });
    const { image } = filled(6, 60).nor;
    fc.assert(
      fc.property(lost, fc.infiniteStream(fc.constantFrom(0, 3)), (numbers, halves) => {
        const flash = new FakeFlash(6, image);
        for (const number of numbers) {
          const address = Number(halves.next().value) * sectorByteLength + number * 32;
          flash.nor.image.fill(0, address, address + 11);
        }
        const log = openLog(flash);
        expect(log.append("magnet", 61, 61)).toBe(true);
        const entries = entriesOf(log);
        expect(entries.map(({ detail }) => detail)).toEqual(
          Array.from({ length: 61 }, (_, index) => index + 1),
        );
        expect(brokenLinks(entries)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  const sectors = partitionTable.find(({ label }) => label === "events")?.sectors ?? 0;

  it("keeps at least the last 1,000 entries in the sectors of a meter, and stays whole", () => {
    const flash = new FakeFlash(sectors);
    const log = openLog(flash);
    for (let number = 1; number <= 5400; number++) log.append("sensor-fault", number, number);
    const details = detailsOf(openLog(flash));
    expect(details.length).toBeGreaterThanOrEqual(1000);
    expect(details).toEqual(Array.from(details, (_, index) => 5400 - details.length + 1 + index));
    expect(brokenLinks(entriesOf(log))).toEqual([]);
  });

  it("keeps as many of a meter that is reset once a day, and uses up room for that", () => {
    const flash = new FakeFlash(sectors);
    const mostDays = 2700;
    for (let day = 1; day <= mostDays; day++) {
      openLog(flash).append("reset", day, day);
      if (day < 1000 || day % 50 > 0) continue;
      const details = detailsOf(openLog(flash));
      expect(details.length).toBeGreaterThanOrEqual(1000);
      expect(details).toEqual(Array.from(details, (_, index) => day - details.length + 1 + index));
    }
  });
});
