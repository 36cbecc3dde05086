/** Files as loggers, portals and spreadsheets of several makers write them. */
import { describe, expect, it } from "@jest/globals";
import type { TraceReading } from "../../../../../sim/world/demand/trace/trace-reading.js";
import { complaintOf, readText } from "./trace-text.js";

/** The total in pulses of 0.1 L, and when the run begins. */
function read(text: string | Buffer, reading: TraceReading = {}): [pulses: number, start: string] {
  const trace = readText(text, 0.1, reading);
  return [trace.totalPulses, new Date(trace.startEpochSeconds * 1000).toISOString().slice(0, 19)];
}

const hobo = [
  '"Plot Title: House 7"',
  '"#","Date Time, GMT-07:00","Pulses, Counts (LGR S/N: 10, SEN S/N: 20)","Host Connected (LGR S/N: 10)"',
  "1,10/04/19 01:10:06 PM,2,",
  "2,10/04/19 01:10:16 PM,0,",
  "",
].join("\r\n");

describe("the files of other makers", () => {
  it("may have serial numbers in their names, the zone in the header and AM and PM, once the order of dates is told", () => {
    expect(complaintOf(() => read(hobo))).toContain("--date-order mdy");
    expect(read(`\ufeff${hobo}`, { dateOrder: "mdy" })).toEqual([2, "2019-10-04T20:09:56"]);
  });

  it("may have lines of units and of what was done with the samples below the header", () => {
    const lines = [
      '"TOA5","CR1000","CR1000","1234","CR1000.Std.32","CPU:water.CR1","5678","Table1"',
      '"TIMESTAMP","RECORD","BattV_Min","Pulses_Tot"',
      '"TS","RN","Volts",""',
      '"","","Min","Tot"',
      '"2019-10-04 13:10:00",0,12.5,3',
      '"2019-10-04 13:11:00",1,12.5,0',
    ];
    expect(read(`${lines.join("\r\n")}\r\n`)).toEqual([3, "2019-10-04T13:09:00"]);
    expect(complaintOf(() => read(`${lines.join("\n")}\n"2019-10-04 13:12:00",2,12.5,"NAN"\n`))).toBe(
      'line 7: pulses "NAN" is not a number; write a whole number of at least 0',
    );
  });

  it("may have a form of dates and a unit in brackets below the header", () => {
    const lines = [
      "Time;Water volume;Battery",
      "[dd.mm.yyyy hh:mm];[m3];[V]",
      "04.10.2019 13:10;0,002;3,6",
      "04.10.2019 13:11;0,000;3,6",
    ];
    expect(read(`${lines.join("\n")}\n`)).toEqual([20, "2019-10-04T13:09:00"]);
  });

  it("may be a German sheet in Windows-1252 with names in no language that is known, once those are told", () => {
    const lines = [
      "sep=;",
      "Datum;Zählerstand (m³);Temp (°C)",
      "04.10.2019 13:10;1.234,567;19,5",
      "04.10.2019 13:20;1.234,570;19,5",
      "04.10.2019 13:30;1.234,601;19,5",
    ];
    const reading = { timeColumn: "Datum", column: "Zählerstand (m³)", cumulative: "yes" } as const;
    expect(read(Buffer.from(`${lines.join("\r\n")}\r\n`, "latin1"), reading)).toEqual([
      340,
      "2019-10-04T13:00:00",
    ]);
  });

  it("may have date and end of the step apart, and a column of units in capitals", () => {
    const lines = [
      "Type,Date,Start Time,End Time,Usage (gal),Units,Cost",
      "Water,2019-10-04,13:00,14:00,5.0,GAL,$0.1",
      "Water,2019-10-04,14:00,15:00,0,GAL,$0",
    ];
    expect(read(`${lines.join("\n")}\n`)).toEqual([189, "2019-10-04T13:00:00"]);
  });

  it("may be UTF-16 with tabs, a rate beside the volume", () => {
    const text =
      "Timestamp\tVolume (gal)\tFlow (gpm)\r\n2019-10-04 13:10:00\t1.5\t0.3\r\n2019-10-04 13:11:00\t0\t0\r\n";
    expect(read(Buffer.from(`\ufeff${text}`, "utf16le"))).toEqual([56, "2019-10-04T13:09:00"]);
  });

  it("may tell an odometer with thousands apart", () => {
    const lines = [
      "Meter Reading Export;;;",
      "",
      "Reading Time;Meter Number;Odometer (US gallons);Status",
      "10/14/2019 1:00 PM;'123;1 234 567;OK",
      "10/14/2019 2:00 PM;'123;1 234 569;OK",
      "10/14/2019 3:00 PM;'123;1 234 580;OK",
    ];
    expect(read(`${lines.join("\n")}\n`)).toEqual([492, "2019-10-14T12:00:00"]);
  });

  it("may have both reading and usage, of which somebody has to say which is meant", () => {
    const lines = [
      "Meter ID,Read Date,Reading (CCF),Usage (CCF)",
      "2,10/14/2019,100.00,0.00",
      "2,10/15/2019,100.52,0.52",
      "2,10/16/2019,100.80,0.28",
    ];
    const text = `${lines.join("\n")}\n`;
    expect(complaintOf(() => read(text))).toContain('"Reading (CCF)" (column 3), "Usage (CCF)" (column 4)');
    expect(read(text, { column: "Usage (CCF)" })).toEqual([22_653, "2019-10-13T00:00:00"]);
    expect(read(text, { column: "3", cumulative: "yes" })).toEqual([22_653, "2019-10-13T00:00:00"]);
  });
});

describe("what stands below the rows", () => {
  it.each(["Total,1", "Time,pulses", "-- end --,"])("ends with a line that says what to do: %s", (line) => {
    const text = `Time,pulses\n2019-10-04 13:10:00,1\n2019-10-04 13:11:00,0\n${line}\n`;
    expect(complaintOf(() => read(text))).toMatch(
      /^line 4: the time ".*" can't be read; .* or take the line out if it is a total, a note or another header$/,
    );
  });
});

describe("a factor in a column's name", () => {
  it.each(["Volume (L) x10", "Volume (x1000 gal)", "Volume (1000 L)", "Pulses (10 L)", "Pulses * 10"])(
    "is refused in %j unless somebody says what a 1 stands for",
    (name) => {
      const text = `time,${name}\n1600000000,0\n1600000600,7\n`;
      expect(complaintOf(() => read(text))).toMatch(
        /^line 1: .* speaks of a factor; say what a 1 in it stands for/,
      );
    },
  );

  it("is no matter where somebody says so", () => {
    expect(read("time,Pulses (10 L)\n1600000000,0\n1600000600,7\n", { volumeUnit: "pulses" })[0]).toBe(7);
  });
});
