import { contactOutcome } from "../../../firmware/contracts/contact-outcome.js";
import { gas } from "../../../firmware/products/gas.js";
import { water } from "../../../firmware/products/water.js";
import type { MeterStatus } from "../../../firmware/readings/meter-status.js";
import type { ReadingSource } from "../../../firmware/readings/reading.js";
import { describe, expect, it } from "@jest/globals";
import { IntervalSeries } from "../../../firmware/uplink/interval-series.js";
import type { ToldReadings } from "../../../firmware/readings/readings.js";
import { buildReport } from "../../../firmware/uplink/report.js";
import { blocksOf, ownTimesOf, readPayload } from "./report-reader.js";

const midnight = 1_772_323_200;
const hour = 3600;

const status: MeterStatus = {
  epochSeconds: midnight + 10 * hour + 75,
  poweredSeconds: 70_000,
  forwardPulses: 1234,
  reversePulses: 5,
  batteryMillivolts: 3571,
  errorCode: 0,
  isValveOpen: true,
};

/** Sequence number, time, forward and reverse pulses. */
type Value = readonly [number, number, number, number];

function value(hours: number, forwardPulses: number, reversePulses = 0): Value {
  return [100 + hours, midnight + hours * hour, forwardPulses, reversePulses];
}

/** A report of a water meter, unless another product or other readings are given. */
function build({
  values = [],
  product = water,
  ...source
}: Partial<ReadingSource> & { product?: ToldReadings; values?: Value[] } = {}): Uint8Array {
  const series = new IntervalSeries(values[0]?.[0] ?? 0, values.length);
  for (const taken of values) series.add(...taken);
  const usual = { serialNumber: "W1", productName: "water", pulseWeightMillilitres: 1000, lastContact: 0 };
  return buildReport({ product, source: { ...usual, status, ...source }, series });
}

describe("a report without intervals", () => {
  it("tells the registers, the battery, the error code and the valve as of now", () => {
    const now = status.epochSeconds;
    expect(readPayload(build())).toEqual([
      { path: "/3424/0/4", epochSeconds: now, value: 1234 },
      { path: "/3424/0/1", epochSeconds: now, unit: "m3", value: 1.234 },
      { path: "/3424/1/4", epochSeconds: now, value: 5 },
      { path: "/3/0/7", epochSeconds: now, value: 3571 },
      { path: "/3/0/11", epochSeconds: now, value: 0 },
      { path: "/3306/0/5850", epochSeconds: now, value: true },
    ]);
  });

  it("tells how the contact before it ended, if that failed", () => {
    const records = readPayload(build({ lastContact: contactOutcome("attach", "no-network") }));
    expect(records.at(-1)).toMatchObject({ path: "/32769/0/0", value: 70 });
  });

  it("tells the volume by the weight of a pulse, and the medium by its object", () => {
    const records = readPayload(build({ product: gas, pulseWeightMillilitres: 10_000 }));
    expect(records.find(({ path }) => path === "/3423/0/1")?.value).toBe(12.34);
    expect(records.some(({ path }) => path.startsWith("/3424/"))).toBe(false);
  });

  it("tells a gas meter's intervals as binary application data", () => {
    const values = [value(8, 100), value(9, 107)];
    const paths = readPayload(build({ product: gas, values })).map(({ path }) => path);
    expect(paths).toContain("/19/0/0/0");
    expect(paths.some((path) => path.startsWith("/10266/"))).toBe(false);
  });

  it("says nothing of a valve that is not there or stands nobody knows where", () => {
    const records = readPayload(build({ status: { ...status, isValveOpen: undefined } }));
    expect(records.some(({ path }) => path.startsWith("/3306/"))).toBe(false);
  });

  it("holds registers beyond 32 bits exactly", () => {
    const large = { ...status, forwardPulses: 2 ** 53 - 1, reversePulses: 2 ** 40 - 1 };
    const records = readPayload(build({ status: large }));
    expect(records[0]?.value).toBe(2 ** 53 - 1);
    expect(records[2]?.value).toBe(2 ** 40 - 1);
  });
});

describe("a report with intervals", () => {
  const values = [value(7, 1000, 2), value(8, 1040, 2), value(9, 1040, 4), value(10, 1200, 4)];

  it("tells the pulses of each between two values, and the registers at the first value", () => {
    const payload = build({ values });
    expect(blocksOf(payload)).toEqual([
      {
        readingClass: 0,
        startEpochSeconds: midnight + 7 * hour,
        periodSeconds: hour,
        deltas: [
          { forward: 40, reverse: 0 },
          { forward: 0, reverse: 2 },
          { forward: 160, reverse: 0 },
        ],
      },
    ]);
    const base = readPayload(payload).filter(({ epochSeconds }) => epochSeconds === midnight + 7 * hour);
    expect(base.map(({ path, value: told }) => [path, told])).toEqual([
      ["/3424/0/4", 1000],
      ["/3424/1/4", 2],
    ]);
  });

  it("adds up to the register at the last of them", () => {
    const [block] = blocksOf(build({ values }));
    const sum = (block?.deltas ?? []).reduce((total, { forward }) => total + forward, 1000);
    expect(sum).toBe(1200);
  });

  it("begins a block of its own, with its own registers, after each gap", () => {
    const gapped = [value(1, 10), value(2, 20), value(5, 90), value(6, 95), value(7, 95)];
    const payload = build({ values: gapped });
    expect(
      blocksOf(payload).map(({ startEpochSeconds, deltas }) => [startEpochSeconds, deltas.length]),
    ).toEqual([
      [midnight + hour, 1],
      [midnight + 5 * hour, 2],
    ]);
    const indexes = readPayload(payload).filter(({ path }) => path === "/3424/0/4");
    expect(indexes.map(({ epochSeconds, value: told }) => [epochSeconds, told])).toEqual([
      [status.epochSeconds, 1234],
      [midnight + hour, 10],
      [midnight + 5 * hour, 90],
    ]);
  });

  it("has no block for a value between two gaps, which bounds no interval", () => {
    const payload = build({
      values: [value(1, 10), value(2, 20), value(5, 90), value(8, 95), value(9, 99)],
    });
    expect(blocksOf(payload).map(({ startEpochSeconds }) => startEpochSeconds)).toEqual([
      midnight + hour,
      midnight + 8 * hour,
    ]);
  });

  it("has no block for a single value", () => {
    expect(blocksOf(build({ values: [value(7, 1000)] }))).toEqual([]);
  });

  it("is still made when a value lies below the one before: damage must not silence the meter", () => {
    const damaged = [value(1, 10), value(2, 100), value(3, 95), value(4, 105)];
    const blocks = blocksOf(build({ values: damaged }));
    expect(blocks.map(({ startEpochSeconds, deltas }) => [startEpochSeconds, deltas])).toEqual([
      [midnight + hour, [{ forward: 90, reverse: 0 }]],
      [midnight + 3 * hour, [{ forward: 10, reverse: 0 }]],
    ]);
  });

  it("is the same bytes every time", () => {
    expect(build({ values })).toEqual(build({ values: [...values] }));
  });
});

describe("a report without a date", () => {
  const undated = { ...status, epochSeconds: undefined };
  const poweredHours = (hours: number, pulses: number): Value => [hours, hours * hour, pulses, 0];

  it("has no base time, and tells what the meter's own clock shows", () => {
    const records = readPayload(build({ status: undated }));
    expect(new Set(records.map(({ epochSeconds }) => epochSeconds))).toEqual(new Set([undefined]));
    expect(records[0]).toMatchObject({ path: "/3424/0/4", value: 1234 });
    expect(records.at(-1)).toMatchObject({ path: "/3/0/13", value: 70_000 });
  });

  it("tells intervals by that clock, and the registers before them from the moment of arrival", () => {
    const payload = build({ status: undated, values: [poweredHours(18, 10), poweredHours(19, 25)] });
    expect(blocksOf(payload)).toMatchObject([
      { startEpochSeconds: 18 * hour, deltas: [{ forward: 15, reverse: 0 }] },
    ]);
    expect(ownTimesOf(payload, "/3424/0/4")).toEqual([undefined, 18 * hour - 70_000]);
  });

  it("tells what has a date by that date", () => {
    const values = [value(1, 10), value(2, 20), poweredHours(19, 25)];
    expect(ownTimesOf(build({ status: undated, values }), "/3424/0/4")).toEqual([
      undefined,
      midnight + hour,
      19 * hour - 70_000,
    ]);
  });
});

describe("a report's bytes", () => {
  const reported = { ...status, epochSeconds: midnight + 14 * hour + 75 };
  const values = [
    value(7, 1000, 2),
    value(8, 1040, 2),
    value(9, 1040, 4),
    value(12, 1100, 4),
    value(13, 1200, 4),
  ];

  /** What head-ends know of these meters: the head of the array, then record after record. */
  const waterRecords = [
    "8b",
    "a421682f333432342f302f221a69a446ab006134021904d2",
    "a300613101626d3302fb3ff3be76c8b43958",
    "a321682f333432342f312f0061340205",
    "a321652f332f302f00613702190df3",
    "a2006231310200",
    "a321682f333330362f302f00643538353004f5",
    "a421682f333432342f302f006134063962ba021903e8",
    "a421682f333432342f312f006134063962ba0202",
    "a421682f333432342f302f00613406391c6a0219044c",
    "a421682f333432342f312f00613406391c6a0204",
    "a321692f31303236362f302f00643630323908582302000069a3f20000000e100002020602a00202000069a4385000000e100001020701c8",
  ];
  const gasRecords = [
    "8a",
    "a421682f333432332f302f221a69a446ab006134021904d2",
    "a300613101626d3302fb4028ae147ae147ae",
    "a321682f333432332f312f0061340205",
    "a321652f332f302f00613702190df3",
    "a2006231310200",
    "a421682f333432332f302f006134063962ba021903e8",
    "a421682f333432332f312f006134063962ba0202",
    "a421682f333432332f302f00613406391c6a0219044c",
    "a421682f333432332f312f00613406391c6a0204",
    "a321662f31392f302f0063302f3008582302000069a3f20000000e100002020602a00202000069a4385000000e100001020701c8",
  ];

  it("are what head-ends know of water meters", () => {
    expect(hexadecimalOf(build({ status: reported, values }))).toBe(waterRecords.join(""));
  });

  it("are what head-ends know of gas meters", () => {
    const unmoved = { ...reported, isValveOpen: undefined };
    const payload = build({ product: gas, pulseWeightMillilitres: 10_000, status: unmoved, values });
    expect(hexadecimalOf(payload)).toBe(gasRecords.join(""));
  });
});

function hexadecimalOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
