import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import type { RunReport } from "../../../sim/run/run-result.js";
import { Bench } from "../bench.js";

type Row = Readonly<Record<string, string>>;

const path = join(mkdtempSync(join(tmpdir(), "tally-readings-")), "readings.csv");
let report: RunReport;
let text: string;
let rows: readonly Row[];

beforeAll(async () => {
  const bench = new Bench();
  expect(await bench.run(`sim --engine node --days 3 --json --readings ${path}`)).toBe(0);
  report = JSON.parse(bench.output.text) as RunReport;
  text = readFileSync(path, "utf8");
  rows = parse(text, { columns: true });
});

function ofKind(kind: string): Row[] {
  return rows.filter((row) => row["kind"] === kind);
}

describe("tally sim --readings", () => {
  it("begins with the documented header, and ends each line as RFC 4180 has it", () => {
    expect(text.split("\r\n")[0]).toBe(
      "kind,time,received,seconds,forward_pulses,reverse_pulses,forward_index,reverse_index,intervals,battery_mv," +
        "battery_percent,event,detail",
    );
    expect(text.split("\n").filter((line) => line !== "" && !line.endsWith("\r"))).toEqual([]);
  });

  it("has each interval that the head-end has, with its pulses and its index", () => {
    const intervals = ofKind("interval");
    expect(intervals).toHaveLength(report.headEnd.intervals);
    let index = 0;
    for (const interval of intervals) {
      index += Number(interval["forward_pulses"]);
      expect(interval).toMatchObject({ seconds: "3600", reverse_pulses: "0", forward_index: String(index) });
      expect(interval["time"]).toMatch(/^2026-01-0\dT\d\d:00:00Z$/);
    }
    expect(index).toBeGreaterThan(1000);
  });

  it("has each report, the last with the index at the end", () => {
    const reports = ofKind("report");
    expect(reports).toHaveLength(report.uplink.reports);
    expect(reports.at(-1)?.["forward_index"]).toBe(String(report.truth.forwardPulses));
    const told = reports.reduce((sum, { intervals }) => sum + Number(intervals), 0);
    expect(told).toBe(report.headEnd.intervals);
    for (const { time = "", received = "", battery_mv: millivolts } of reports) {
      expect(Date.parse(received)).toBeGreaterThanOrEqual(Date.parse(time));
      expect(Number(millivolts)).toBeGreaterThan(3000);
    }
  });

  it("has the battery at each midnight and at the end", () => {
    const battery = ofKind("battery");
    expect(battery.slice(0, 4).map(({ time }) => time)).toEqual(
      [1, 2, 3, 4].map((day) => `2026-01-0${day}T00:00:00Z`),
    );
    expect(battery[0]?.["battery_percent"]).toBe("100.000");
    expect(Number(battery.at(-1)?.["battery_percent"])).toBeLessThan(100);
  });

  it("has the meter's events, those of a meter without a date without a time", () => {
    const events = ofKind("event");
    expect(events[0]).toMatchObject({ event: "power-on", time: "", detail: "0" });
    expect(events.map(({ event }) => event)).toContain("time-set");
  });

  it("is in the order of times", () => {
    const times = rows.map(({ time = "" }) => time);
    expect(times).toEqual([...times].sort());
  });
});
