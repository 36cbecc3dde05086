/** What could be read in two ways, or was read in the wrong one. */
import { describe, expect, it } from "@jest/globals";
import type { TraceReading } from "../../../../../sim/world/demand/trace/trace-reading.js";
import { complaintOf, readLines, readText } from "./trace-text.js";

const times = ["2021-02-03 04:05:00", "2021-02-03 04:06:00", "2021-02-03 04:07:00", "2021-02-03 04:08:00"];

/** Rows of a time and what follows it, below a header; fields are joined by commas. */
function file(header: string, values: readonly string[], mark = ","): string[] {
  return [header, ...values.map((value, index) => `${times[index] ?? ""}${mark}${value}`)];
}

/** Pulses of 1 L. */
function total(lines: readonly string[], reading?: TraceReading): number {
  return readLines(lines, 1, reading).totalPulses;
}

function refusal(lines: readonly string[], reading?: TraceReading): string {
  return complaintOf(() => readLines(lines, 1, reading));
}

describe("the unit ML", () => {
  const lines = file("time,Volume (ML)", ["0", "200000", "0"]);

  it.each(["Volume (ML)", "VOLUME_ML", "volume [Ml]", "VolumeML"])("is refused in %s, both named", (name) => {
    expect(refusal(file(`time,${name}`, ["0", "2000", "0"]))).toMatch(
      /line 1: .*M[Ll] can be millilitres or megalitres; say --volume-unit mL or --volume-unit megalitres$/,
    );
  });

  it("is refused in a column of units", () => {
    expect(refusal(file("time,volume,unit", ["0,L", "2000,ML"]))).toMatch(
      /line 3: the unit "ML" .*megalitres/,
    );
  });

  it("is what --volume-unit says", () => {
    expect(total(lines, { volumeUnit: "mL" })).toBe(200);
    expect(refusal(lines, { volumeUnit: "megalitres" })).toContain("200000000000 pulses in 60 s");
  });
});

describe("a decimal sign that is also the delimiter", () => {
  it.each([
    ["time,Volume (L)", "1,5"],
    ["time,pulses", "1,003"],
    ["time,Volume (L),,", "1,5,"],
    ["time,Volume (L),Note", "1,5,leak"],
  ])("is refused below %j in the row %j", (header, row) => {
    expect(refusal(file(header, ["0,", row, "0,"]))).toMatch(
      /line 3: has a value in column [34], where the header has no name; name all columns, and put fields with "," inside in quotes$/,
    );
  });
});

describe("rows whose fields are not the header's", () => {
  it("are refused where they are fewer", () => {
    expect(refusal(file("time,Volume (L),Note", ["1,5", "0", "0,7"]))).toBe(
      'line 3: has 2 fields where the header has 3 names; put fields with "," inside in quotes, or add what is missing',
    );
  });

  it("are refused where the header cuts a name in two, so that all behind it are one column too far", () => {
    expect(refusal(file("time,Volume (L),Air (C, mean),Limit", ["1,20,9", "0,20,9"]))).toMatch(
      /^line 1: "Air \(C" has a bracket that is not closed/,
    );
  });
});

describe("a decimal sign", () => {
  it("is a comma where any number shows it", () => {
    expect(total(file("time;Volume (L)", ["1,250", "0", "0,75", "0"], ";"))).toBe(2);
    expect(total(file("time;Volume (L)", ["1.002,5", "0", "0,5", "0"], ";"))).toBe(1003);
  });

  it("is a point where any number shows it, and then a comma sets thousands apart", () => {
    expect(total(file("time,Volume (L)", ['"1,002.5"', "0", "0.5", "0"]))).toBe(1003);
    expect(total(file("time;Volume (L)", ["1,002", "0", "0.75", "0"], ";"))).toBe(1002);
  });

  it.each([";", "\t", "|"])("is refused where nothing shows it, both numbers named, between %j", (mark) => {
    const lines = file(`time${mark}Volume (L)`, ["1.002", "0"], mark);
    expect(refusal(lines)).toBe(
      'line 2: "1.002" can be 1.002 or 1002; say --decimal point or --decimal comma',
    );
    expect(total(lines, { decimal: "point" })).toBe(1);
    expect(total(lines, { decimal: "comma" })).toBe(1002);
  });

  it("is told in quotes as well", () => {
    const lines = file("time,Volume (L)", ['"1,002"', "0"]);
    expect(refusal(lines)).toContain('"1,002" can be 1.002 or 1002; say --decimal comma or --decimal point');
  });

  it("is one for the whole file", () => {
    expect(refusal(file("time;Volume (L)", ["0.5", "1,5", "0"], ";"))).toContain('line 3: volume "1,5"');
  });

  it("does not stand in pulses: their thousands are set apart", () => {
    expect(total(file("time,pulses", ['"1,003"', "0"]))).toBe(1003);
    expect(total(file("time;pulses", ["1.003", "0"], ";"))).toBe(1003);
    expect(refusal(file("time;pulses", ["1.000", "0"], ";"))).toContain("can be 1.000 or 1000");
  });

  it.each(["1 002,5", "1'002,5", "1\u00a0002,5"])("leaves room for thousands apart as in %s", (text) => {
    expect(total(file("time;Volume (L)", [text, "0", "0,5", "0"], ";"))).toBe(1003);
  });
});

describe("a column of a counter's standing", () => {
  const standing = ["1001", "1003", "1003", "1009"];

  it.each(["pulses", "Volume (L)", "Total volume (L)", "Meter reading (L)", "Water counter (L)"])(
    "is refused in %j unless somebody says what it is, both totals named",
    (name) => {
      const lines = file(`time,${name}`, standing);
      expect(refusal(lines)).toBe(
        `line 1: ${JSON.stringify(name)} never goes back, so it can be a counter's standing, 8 pulses in all, or what flowed in each step, 4,016 pulses; say --cumulative yes or --cumulative no`,
      );
      expect(total(lines, { cumulative: "yes" })).toBe(8);
    },
  );

  it("is refused too where a new meter makes it go back once", () => {
    const rows = Array.from(
      { length: 40 },
      (_, index) => `${1_600_000_000 + index * 10},${(index + 15) % 30}`,
    );
    expect(refusal(["time,pulses", ...rows])).toContain('"pulses" hardly ever goes back');
  });

  it.each(["Cumulative volume (L)", "Totalizer (L)", "Index (L)", "Volume (L; cumulative)", "pulses_cum"])(
    "is read as such in %j, and told",
    (name) => {
      const trace = readLines(file(`time,${name}`, standing));
      expect(trace.totalPulses).toBe(8);
      expect(trace.reports[0]?.message).toContain("is taken for a counter's standing");
    },
  );

  it("is exact in fractions, and spreads what flowed in a gap over it", () => {
    const trace = readLines(
      ["time,Index (L)", "1600000000,0.1", "1600000010,0.2", "1600000020,1.3", "1600000100,5.1"],
      0.1,
    );
    expect(trace.totalPulses).toBe(50);
    expect(trace.reports.map(({ message }) => message).at(-1)).toContain(
      "what flowed in the gap is spread over it",
    );
  });

  it("ends with an error where it goes back, or with a new meter if somebody says so", () => {
    const lines = file("time,Index (L)", ["1001", "1003", "2", "5"]);
    expect(refusal(lines)).toMatch(
      /line 4: "Index \(L\)" goes back from 1003 to 2.*--cumulative new-meter if/,
    );
    const trace = readLines(lines, 1, { cumulative: "new-meter" });
    expect(trace.totalPulses).toBe(5);
    expect(trace.reports.map(({ line }) => line)).toEqual([4]);
    expect(trace.reports[0]?.message).toContain("a new meter");
  });

  it("is none if somebody says so, or its name", () => {
    expect(total(file("time,pulses", ["5", "5", "6"]), { cumulative: "no" })).toBe(16);
    expect(total(file("time,pulses per interval", ["5", "5", "6"]))).toBe(16);
    expect(total(file("time,Volume increment (L)", ["5", "5", "6"]))).toBe(16);
  });

  it("needs no word where both readings give the same", () => {
    expect(total(file("time,pulses", ["0", "0", "7"]))).toBe(7);
  });
});

describe("the column of what flowed", () => {
  it.each([
    "Volume limit (L)",
    "Max volume (L)",
    "Volume per pulse (L)",
    "Pulse weight (L)",
    "Reverse volume (L)",
  ])("is not %j that stands before it", (name) => {
    expect(total(file(`time,${name},Volume (L)`, ["100,2", "100,0", "100,1"]))).toBe(3);
    expect(total(file(`time,${name},pulses`, ["100,2", "100,0", "100,1"]))).toBe(3);
  });

  it.each([
    ["pulse count", "pulses"],
    ["Volume (L)", "pulses"],
    ["Volume (L)", "Total volume (L)"],
    ["pulses", "pulses"],
  ])("is refused where it can be %j or %j, unless somebody says which", (one, other) => {
    const lines = file(`time,${one},${other}`, ["7,2", "6,0", "5,1"]);
    expect(refusal(lines)).toBe(
      `line 1: several columns can be the pulses or volume: "${one}" (column 2), "${other}" (column 3); say which with --column and its name or number`,
    );
    expect(total(lines, { column: "3" })).toBe(3);
    if (one !== other) expect(total(lines, { column: other.toUpperCase() })).toBe(3);
  });

  it.each([
    "Flow (L/min)",
    "Volume rate",
    "Volume (L/h)",
    "Volume flow (gpm)",
    "Flow rate",
    "pulses per hour",
  ])("is not the rate %j", (name) => {
    expect(refusal(file(`time,${name}`, ["6", "0", "3"]))).toMatch(/rate|no header/);
    expect(refusal(file(`time,${name},unit`, ["6,L", "0,L", "3,L"]))).toMatch(/rate|no header/);
    expect(total(file(`time,${name},Volume (L)`, ["6,2", "0,0", "3,1"]))).toBe(3);
  });

  it("may be any that somebody names, with its unit", () => {
    const lines = file("Zeit;Verbrauch", ["2", "0", "1"], ";");
    expect(total(lines, { timeColumn: "zeit", column: "Verbrauch", volumeUnit: "L" })).toBe(3);
    expect(refusal(lines, { timeColumn: "Zeit", column: "Wasser" })).toContain(
      'no header has "Zeit" and "Wasser"',
    );
  });
});

describe("the unit of a volume", () => {
  it("is refused where header and column of units differ", () => {
    expect(refusal(file("time,Volume (L),unit", ["1,L", "2,gal", "0,L"]))).toBe(
      'line 3: the unit "gal" is not the header\'s; correct one of them',
    );
    expect(total(file("time,Volume (L),unit", ["1,L", "2,litres", "0,"]))).toBe(3);
  });

  it("is refused where the header and --volume-unit differ", () => {
    expect(refusal(file("time,Volume (L)", ["1", "0"]), { volumeUnit: "gal" })).toBe(
      'line 1: "Volume (L)" is in gal by --volume-unit, L by its name; correct the file, or name a column of volume or pulses with --column',
    );
  });

  it.each([
    ["US gallons", 3.785],
    ["cu ft", 28.317],
    ["cu. ft.", 28.317],
    ["CCF", 2831.684],
    ["kgal", 3785.411],
    ["dm3", 1],
    ["imp gal", 4.546],
    ["hL", 100],
    ["KL", 1000],
  ])("may be %s", (unit, litres) => {
    const totalOf = (lines: string[], reading?: TraceReading): number =>
      readLines(lines, 0.001, reading).totalPulses;
    const rows = ["1600000000,0", "1600900000,1"];
    const wanted = Math.floor(litres * 1000);
    expect(Math.abs(totalOf([`time,Volume (${unit})`, ...rows]) - wanted)).toBeLessThanOrEqual(1);
    expect(Math.abs(totalOf(["time,volume", ...rows], { volumeUnit: unit }) - wanted)).toBeLessThanOrEqual(1);
  });

  it("is told in one line that lists them where it is missing", () => {
    expect(refusal(file("time,volume", ["1", "0"]))).toMatch(
      /the volume has no unit; .*--volume-unit \(L .*CCF\)$/,
    );
  });
});

describe("a file cut off in its last row", () => {
  it.each([
    ["in its time", "2021-02-03 04"],
    ["behind its time", "2021-02-03 04:07:00,"],
    ["before its last field", "2021-02-03 04:07:00,1"],
    ["in a quote", '2021-02-03 04:07:00,"1'],
  ])("%s is told", (_where, last) => {
    const text = `${file("time,Volume (L),Temperature", ["2,19", "0,19"]).join("\n")}\n${last}`;
    expect(complaintOf(() => readText(text))).toMatch(
      /^line 4: .*cut off there; copy it from the logger again/,
    );
  });

  it("in its last number is told, for that may be whole", () => {
    const text = `${file("time,pulses", ["2", "0"]).join("\n")}\n2021-02-03 04:07:00,1`;
    const trace = readText(text);
    expect(trace.totalPulses).toBe(3);
    expect(trace.reports).toEqual([
      {
        line: 4,
        message: "has no line end: if the file was cut off there, digits of its number are missing",
      },
    ]);
  });

  it("with bytes of zero is told", () => {
    const text = `${file("time,pulses", ["2", "0"]).join("\n")}\n\0\0\0\0`;
    expect(complaintOf(() => readText(text))).toMatch(/^line 4: holds bytes of zero/);
  });
});
