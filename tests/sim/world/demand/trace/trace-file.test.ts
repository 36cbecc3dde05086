import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readTrace, type TraceFile } from "../../../../../sim/world/demand/trace/trace-file.js";
import { describeWith, needsHouseholdTrace, householdTracePath } from "../../../../setup/needs.js";
import { pulsesUntil } from "../pulses.js";
import { readLines, readText } from "./trace-text.js";

const fixtures = "tests/sim/world/demand/trace/fixtures";

/** Seconds since the start at which the pulses fall. */
function pulseSeconds(trace: TraceFile): number[] {
  return pulsesUntil(trace.pulses(), Infinity).map(({ atMicroseconds }) => atMicroseconds / 1e6);
}

describe("a trace of pulses", () => {
  it("is read past a preamble with stray quotes and blank lines", () => {
    const trace = readTrace(`${fixtures}/logger-preamble.csv`, { litresPerPulse: 1 });
    expect(trace.startEpochSeconds).toBe(Date.UTC(2021, 1, 28, 23, 59, 45) / 1000);
    expect(trace.durationSeconds).toBe(20);
    expect(trace.totalPulses).toBe(3);
    expect(trace.reports).toEqual([]);
    expect(pulseSeconds(trace)).toEqual([6.25, 8.75, 12.5]);
  });

  it("begins one step before its first row", () => {
    const trace = readLines(["time,pulses", "1600001000,0", "1600001010,1", "1600001020,0"]);
    expect(trace.startEpochSeconds).toBe(1_600_000_990);
    expect(trace.durationSeconds).toBe(30);
    expect(pulseSeconds(trace)).toEqual([15]);
  });

  it("spreads a row's pulses evenly over the step that ends at its time, without a seam between equal rows", () => {
    const trace = readLines(["time,pulses per step", "1600001000,4", "1600001008,4"]);
    expect(pulseSeconds(trace)).toEqual([1, 3, 5, 7, 9, 11, 13, 15]);
  });

  it("gives a fresh source on every call", () => {
    const trace = readLines(["time,pulses per step", "1600001000,4", "1600001008,4"]);
    expect(trace.pulses().next()).toEqual({ atMicroseconds: 1_000_000, direction: 1 });
    expect(trace.pulses().next()).toEqual({ atMicroseconds: 1_000_000, direction: 1 });
    expect(trace.pulses()).toMatchObject({ startEpochSeconds: 1_600_000_992, durationSeconds: 16 });
  });

  it.each([
    ["2021-02-03T04:05:06Z", "2021-02-03T04:05:16Z"],
    ["2021-02-03T05:05:06+01:00", "2021-02-03T05:05:16+01:00"],
    ["2021-02-03T04:05:06", "2021-02-03T04:05:16"],
    ["2021-2-3 4:05:06", "2021-2-3 4:05:16"],
    ['"21-2-3 4:05:06"', '"21-2-3 4:05:16"'],
    ["1612325106", "1612325116"],
    ["2021-02-03T04:05:06.900Z", "2021-02-03T04:05:16.900Z"],
  ])("may write its times like %s", (first, second) => {
    const trace = readLines(["time,pulses", `${first},0`, `${second},1`]);
    expect(trace.startEpochSeconds).toBe(Date.UTC(2021, 1, 3, 4, 4, 56) / 1000);
    expect(trace.totalPulses).toBe(1);
  });

  it.each([
    "Time,Pulses",
    "TIMESTAMP,PULSES",
    "DateTime,Pulse",
    "Date_Time,pulse_count",
    '"Date Time","Pulses"',
  ])("may have the header %s", (header) => {
    expect(readLines([header, "1600001000,2", "1600001004,1"]).totalPulses).toBe(3);
  });

  it("may keep date and time of day in columns of their own", () => {
    const trace = readLines(["Date,Time,Pulses", "2021-2-3,4:05:06,0", "2021-2-3,4:05:16,1"]);
    expect(trace.startEpochSeconds).toBe(Date.UTC(2021, 1, 3, 4, 4, 56) / 1000);
  });

  it.each(["\n", "\r\n"])("may end its lines with %j and start with a byte order mark", (end) => {
    const text = `\ufeff${["time\tpulses", "1600001000\t2", "1600001004\t1", ""].join(end)}`;
    expect(readText(text).totalPulses).toBe(3);
  });

  it("reports a gap and takes it as no flow", () => {
    const trace = readLines([
      "note",
      "time,pulses per step",
      "1600001000,1",
      "1600001004,1",
      "1600001008,1",
      "1600001100,1",
      "1600001104,1",
    ]);
    expect(trace.reports).toHaveLength(1);
    expect(trace.reports[0]?.line).toBe(6);
    expect(trace.reports[0]?.message).toContain("92 s since the row before");
    expect(pulseSeconds(trace)).toEqual([2, 6, 10, 102, 106]);
  });

  it("takes a row that comes a little late for one long step", () => {
    const trace = readLines([
      "time,pulses",
      "1600001000,0",
      "1600001004,0",
      "1600001010,1",
      "1600001014,0",
      "1600001018,0",
    ]);
    expect(trace.reports).toEqual([]);
    expect(pulseSeconds(trace)).toEqual([11]);
  });

  it("keeps the count of every row and the order of time, whatever the rows", () => {
    const rows = fc.array(fc.record({ step: fc.integer({ min: 1, max: 30 }), pulses: fc.nat(20) }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(rows, (steps) => {
        let time = 1_600_000_000;
        const lines = steps.map(({ step, pulses }) => `${(time += step)},${pulses}`);
        const trace = readLines(["time,pulses per step", ...lines]);
        const seconds = pulseSeconds(trace);
        expect(seconds).toHaveLength(steps.reduce((sum, { pulses }) => sum + pulses, 0));
        expect(seconds).toHaveLength(trace.totalPulses);
        expect(seconds).toEqual(seconds.slice().sort((one, other) => one - other));
        let from = 0;
        let to = 1_600_000_000 - trace.startEpochSeconds;
        for (const { step, pulses } of steps) {
          to += step;
          expect(seconds.filter((second) => second > from && second <= to)).toHaveLength(pulses);
          from = to;
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("a trace of volumes", () => {
  it("adds up units exactly, row by row", () => {
    const trace = readTrace(`${fixtures}/volume-units.csv`, { litresPerPulse: 1 });
    // 0.4 + 0.6 + 2 + 1.892705892 + 2.8316846592 L
    expect(trace.totalPulses).toBe(7);
    expect(pulseSeconds(trace).slice(0, 3)).toEqual([120, 150, 180]);
  });

  it.each([
    ["Volume (L)", "3", 3],
    ["volume_m3", "0.003", 3],
    ["Volume [m³]", "0.003", 3],
    ["Volume [gal]", "1", 3],
    ["Volume (mL)", "2999.999", 2],
    ["VOLUME ft3", "0.1", 2],
    ["Volume (L)", "3e0", 3],
  ])("may name its unit as %s", (name, volume, pulses) => {
    expect(readLines([`time,${name}`, "1600001000,0", `1600001060,${volume}`]).totalPulses).toBe(pulses);
  });

  it("loses nothing to rounding: 100,000 times 0.1 L are 10,000 pulses", () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `${1_600_001_000 + index},0.1`);
    expect(readLines(["time,Volume per step (L)", ...lines]).totalPulses).toBe(10_000);
  });

  it("counts the pulses of a meter whose pulse is 0.157545 L", () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `${1_600_001_000 + index},0.157545`);
    const trace = readLines(["time,Volume per step (L)", ...lines], 0.157545);
    expect(trace.totalPulses).toBe(1000);
    expect(pulseSeconds(trace).slice(0, 3)).toEqual([1, 2, 3]);
  });

  it("lets a pulse fall where the flow completes its volume", () => {
    const trace = readLines(["time,Volume (L)", "1600001010,0.5", "1600001020,1", "1600001030,0"]);
    expect(pulseSeconds(trace)).toEqual([15]);
  });
});

describeWith(needsHouseholdTrace(), "the trace of a real household", () => {
  let trace: TraceFile;
  beforeAll(() => {
    trace = readTrace(householdTracePath, { litresPerPulse: 0.157545 });
  });

  it("has 13,123 pulses", () => {
    expect(trace.totalPulses).toBe(13_123);
    expect(pulsesUntil(trace.pulses(), Infinity)).toHaveLength(13_123);
  });

  it("begins one step of 4 s before its first row and lasts to the end of its third day", () => {
    expect(new Date(trace.startEpochSeconds * 1000).toISOString()).toBe("2019-10-04T13:10:02.000Z");
    expect(new Date((trace.startEpochSeconds + trace.durationSeconds) * 1000).toISOString()).toBe(
      "2019-10-06T23:59:58.000Z",
    );
  });

  it("has no gap", () => {
    expect(trace.reports).toEqual([]);
  });
});
