import { describe, expect, it } from "@jest/globals";
import { readTrace } from "../../../../../sim/world/demand/trace/trace-file.js";
import { complaintOf, readLines, readText } from "./trace-text.js";

const rows = ["time,pulses", "1600001000,0", "1600001004,1"];

describe("a trace that can't be used", () => {
  it("may not exist", () => {
    expect(complaintOf(() => readTrace("nowhere/trace.csv", { litresPerPulse: 1 }))).toBe(
      "there is no such file; check the path",
    );
  });

  it("may be a folder", () => {
    expect(complaintOf(() => readTrace("tests/sim/world/demand", { litresPerPulse: 1 }))).toBe(
      "tests/sim/world/demand: is a folder; name the CSV file inside it",
    );
  });

  it.each(["", "\n \n"])("may be empty: %j", (text) => {
    expect(complaintOf(() => readText(text))).toBe("is empty; a header and rows are needed");
  });

  it("may have no usable column", () => {
    const complaint = complaintOf(() => readLines(["Site 7", "Time,Record,Count", "1600001000,1,2"]));
    expect(complaint).toContain("time, timestamp, datetime, date, date time");
    expect(complaint).toContain("pulses or volume");
    expect(complaint).toContain("Time, Record, Count");
  });

  it("may have no rows to tell the step from", () => {
    expect(complaintOf(() => readLines(rows.slice(0, 2)))).toBe(
      "line 1: fewer than two rows below the header; the step can't be told",
    );
  });

  it.each([
    [
      "1600000999,1",
      'line 4: the time "1600000999" goes back; put the rows in order of time, each time once',
    ],
    [
      "1600001004,1",
      'line 4: the time "1600001004" repeats the row before; put the rows in order of time, each time once',
    ],
    ["1600001008,-1", 'line 4: pulses "-1" is negative; write a whole number of at least 0'],
    ["1600001008,many", 'line 4: pulses "many" is not a number; write a whole number of at least 0'],
    ["1600001008,1.5", 'line 4: pulses "1.5" can\'t be used; write a whole number of at least 0'],
    ["1600001008,", "line 4: pulses is missing; write a whole number of at least 0"],
    ["1600001008", "line 4: pulses is missing; write a whole number of at least 0"],
    [
      "1600001008,9999\n1600001012,0",
      "line 4: 9999 pulses in 4 s is 2499.75 Hz; a reed gives at most 20 Hz. Correct the row or choose a larger pulse volume",
    ],
  ])("may have the row %j", (row, complaint) => {
    expect(complaintOf(() => readLines([...rows, row]))).toBe(complaint);
  });

  it.each(["yesterday", "2021-02-30 10:00:00", "2021-02-03 24:00:00", "2021-13-01 10:00:00", ""])(
    "may have the time %j",
    (time) => {
      const complaint = complaintOf(() => readLines([...rows, `${time},1`]));
      expect(complaint).toContain(`line 4: the time ${JSON.stringify(time)} can't be read; write it like`);
    },
  );

  it("counts its lines as an editor does, blank ones too", () => {
    const lines = ["note", "", ...rows, "", "", "1600001008,x"];
    expect(complaintOf(() => readLines(lines))).toContain("line 8: ");
    expect(complaintOf(() => readText(lines.join("\r\n")))).toContain("line 8: ");
  });

  it("tells the line to programs too", () => {
    try {
      readLines([...rows, "1600001008,x"]);
    } catch (error) {
      expect(error).toMatchObject({ name: "TraceError", code: "trace", line: 4 });
    }
    expect.assertions(1);
  });

  it.each([
    ["time,volume", "1600001000,1", "line 1: the volume has no unit"],
    ["time,Volume (pint)", "1600001000,1", 'line 1: the volume\'s unit "pint" is not known'],
    ["time,volume,unit", "1600001000,1,", "line 2: the volume has no unit"],
    ["time,volume,unit", "1600001000,1,pint", 'line 2: the unit "pint" is not known'],
    ["time,Volume (L)", "1600001000,-0.1", 'line 2: volume "-0.1" is negative'],
    ["time,Volume (L)", "1600001000,.", 'line 2: volume "." is not a number'],
  ])("may have the header %j and the row %j", (header, row, complaint) => {
    expect(complaintOf(() => readLines([header, row]))).toContain(complaint);
  });

  it("may have a volume that is more than a reed can give", () => {
    expect(complaintOf(() => readLines(["time,Volume (m3)", "1600001000,0", "1600001001,1"]))).toContain(
      "line 3: 1000 pulses in 1 s is 1000 Hz",
    );
  });

  it("is refused with a pulse volume out of range", () => {
    expect(() => readLines(rows, 0)).toThrow(RangeError);
  });
});
