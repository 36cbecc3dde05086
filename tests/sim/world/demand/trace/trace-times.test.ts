/** Times that could be read in two ways, or were read as something else. */
import { describe, expect, it } from "@jest/globals";
import { parseClock } from "../../../../../drivers/nb-iot/at/network-time.js";
import { earliestEpochSeconds, latestEpochSeconds } from "../../../../../sim/world/clock-range.js";
import type { TraceReading } from "../../../../../sim/world/demand/trace/trace-reading.js";
import { complaintOf, readLines } from "./trace-text.js";

/** When the run begins that these two times make, a step before the first. */
function start(first: string, second: string, reading: TraceReading = {}, name = "time"): string {
  const trace = readLines([`${name};pulses`, `${first};1`, `${second};0`], 1, reading);
  expect(trace.totalPulses).toBe(1);
  return new Date(trace.startEpochSeconds * 1000).toISOString().slice(0, 19);
}

function refusal(times: readonly string[], name = "time"): string {
  return complaintOf(() => readLines([`${name};pulses`, ...times.map((time) => `${time};0`)]));
}

describe("times that are numbers", () => {
  it.each([
    ["time", "1612325106", "1612325116"],
    ["time (ms)", "1612325106000", "1612325116000"],
    ["time", "1612325106000", "1612325116000"],
    ["timestamp_us", "1612325106000000", "1612325116000000"],
    ["time (s)", "1612325106.0", "1612325116,0"],
    ["time", "20210203040506", "20210203040516"],
  ])("below %j may be %s", (name, first, second) => {
    expect(start(first, second, {}, name)).toBe("2021-02-03T04:04:56");
  });

  it("may be minutes, hours or days since 1970 if the header or somebody says so", () => {
    expect(start("26872085", "26872086", {}, "time (min)")).toBe("2021-02-03T04:04:00");
    expect(start("26872085", "26872086", { timeUnit: "min" })).toBe("2021-02-03T04:04:00");
    expect(start("447868", "447869", {}, "time_h")).toBe("2021-02-03T03:00:00");
    expect(start("18661", "18662", { timeUnit: "days" })).toBe("2021-02-02T00:00:00");
  });

  it.each([
    ["44230.170208333", "44230.170324074"],
    ["44230,170208333", "44230,170324074"],
  ])("may be days of an Excel sheet: %s", (first, second) => {
    expect(start(first, second)).toBe("2021-02-03T04:04:56");
    expect(start(first, second, {}, "time (excel)")).toBe("2021-02-03T04:04:56");
  });

  it.each([
    ["time (min)", "0"],
    ["time (ms)", "1612325106"],
    ["time (s)", "1612325106000"],
    ["time", "1000"],
  ])("below %j are refused as %s", (name, time) => {
    expect(refusal([time], name)).toMatch(
      /^line 2: the time "\d+" is .* as (min|ms|s) since 1970, and a meter's clock goes from 2010-01-02 to 2069-12-28; write dates, or say --time-unit/,
    );
  });

  it("are refused in a unit that is not known", () => {
    expect(refusal(["1612325106"], "time (jiffies)")).toContain(
      'the unit "jiffies" of the time is not known',
    );
  });
});

describe("dates", () => {
  it.each([
    ["2021/2/3 4:05:06", "2021/2/3 4:05:16"],
    ["2021/02/03T04:05:06", "2021/02/03T04:05:16"],
    ["20210203T040506Z", "20210203T040516Z"],
    ["3.2.2021 04:05:06", "3.2.2021 04:05:16"],
    ["03.02.21 04:05:06", "03.02.21 04:05:16"],
    ["3-Feb-2021 04:05:06", "3-Feb-2021 04:05:16"],
    ["3 February 2021 04:05:06", "3 February 2021 04:05:16"],
    ["2021-02-03 04:05:06 AM", "2021-02-03 04:05:16 AM"],
    ["2021-02-03 06:05:06+02", "2021-02-03 06:05:16+02"],
    ["2021-02-03 06:05:06 +0200", "2021-02-03 06:05:16 +0200"],
    ["2021-02-03 04:05:06 UTC", "2021-02-03 04:05:16 UTC"],
    ["2021-02-03 04:05:06 GMT", "2021-02-03 04:05:16 GMT"],
    ["2021-02-02 18:05:06 UTC-10", "2021-02-02 18:05:16 UTC-10"],
  ])("may be written like %s", (first, second) => {
    expect(start(first, second)).toBe("2021-02-03T04:04:56");
  });

  it.each([
    ["Date Time, GMT-07:00", {}],
    ["Time (UTC-7)", {}],
  ])("have the zone of the header %j", (name, reading) => {
    expect(start("2021-02-02 21:05:06", "2021-02-02 21:05:16", reading, name)).toBe("2021-02-03T04:04:56");
  });

  it.each(["+99:99", "+14:30", "-15", "+01:60", " EST"])("with the zone %j are refused", (zone) => {
    expect(refusal([`2021-02-03 04:05:06${zone}`])).toMatch(/^line 2: the time ".*" can't be read/);
  });

  it("are refused where days and months can change places, both named", () => {
    const times = ["03-02-21 04:05:06", "03-02-21 04:05:16"] as const;
    expect(refusal(times)).toBe(
      'line 2: the date "03-02-21" can be 2021-02-03 (dmy) or 2021-03-02 (mdy); say --date-order dmy or --date-order mdy',
    );
    expect(start(...times, { dateOrder: "dmy" })).toBe("2021-02-03T04:04:56");
    expect(start(...times, { dateOrder: "mdy" })).toBe("2021-03-02T04:04:56");
    expect(start(...times, {}, "time (DD-MM-YY hh:mm:ss)")).toBe("2021-02-03T04:04:56");
  });

  it("can be three things where the year has two digits", () => {
    expect(refusal(["11-10-12 04:05:06"])).toContain(
      "can be 2011-10-12 (ymd) or 2012-10-11 (dmy) or 2012-11-10 (mdy)",
    );
  });

  it("are of the one order in which all of them are dates", () => {
    const rows = ["02/11/2021", "02/12/2021", "02/13/2021"].map((date) => `${date} 10:00;0`);
    const { startEpochSeconds } = readLines(["time;pulses", ...rows]);
    expect(new Date(startEpochSeconds * 1000).toISOString()).toBe("2021-02-10T10:00:00.000Z");
  });

  it("are of the one order in which they follow each other", () => {
    const rows = ["30-11-11", "01-12-11", "02-12-11"].map((date) => `${date} 10:00;0`);
    const { startEpochSeconds } = readLines(["time;pulses", ...rows]);
    expect(new Date(startEpochSeconds * 1000).toISOString()).toBe("2011-11-29T10:00:00.000Z");
  });

  it("may be told apart from other columns of time by name", () => {
    const lines = ["Time,Timestamp,pulses", "4:05,2021-02-03 04:05,1", "4:06,2021-02-03 04:06,0"];
    expect(complaintOf(() => readLines(lines))).toContain(
      'several columns can be the time: "Time" (column 1), "Timestamp" (column 2); say which with --time-column',
    );
    expect(readLines(lines, 1, { timeColumn: "timestamp" }).totalPulses).toBe(1);
  });
});

describe("the range of a meter's clock", () => {
  it.each(["1999-12-31 23:59:00", "2009-12-31 23:59:00", "2070-01-01 00:00:00"])("has no %s", (time) => {
    expect(refusal([time])).toMatch(
      /^line 2: the time .* and a meter's clock goes from 2010-01-02 to 2069-12-28/,
    );
  });

  it.each([earliestEpochSeconds, latestEpochSeconds + 2 * 86_400])(
    "is one that the modem's answer tells in all zones, at %d",
    (epochSeconds) => {
      for (const quarters of [-56, 0, 56]) {
        const local = new Date((epochSeconds + quarters * 900) * 1000).toISOString();
        const date = local.slice(2, 10).replaceAll("-", "/");
        const zone = `${quarters < 0 ? "-" : "+"}${String(Math.abs(quarters)).padStart(2, "0")}`;
        const told = parseClock(`${date},${local.slice(11, 19)}${zone}`);
        expect(told).toEqual({
          shownMilliseconds: (epochSeconds + quarters * 900) * 1000,
          zoneMilliseconds: quarters * 900_000,
        });
      }
    },
  );

  it("ends where the modem's answer begins to tell another time", () => {
    expect(parseClock("70/01/01,00:00:00+00")).toBe("not-set");
    expect(parseClock("09/12/31,23:59:59+00")).toBe("not-set");
  });
});
