import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { Chalk } from "chalk";
import fc from "fast-check";

import { drawPanel } from "../../../command/sim/panel.js";
import type { PanelState } from "../../../command/sim/panel-state.js";

const plain = new Chalk({ level: 0 });

const state: PanelState = {
  productName: "water",
  serialNumber: "10000001",
  engineName: "xs",
  demandName: "household of 4",
  seed: 1,
  startEpochSeconds: Date.UTC(2026, 0, 1) / 1000,
  durationSeconds: 30 * 86_400,
  elapsedSeconds: 14.5 * 86_400,
  wallSeconds: 10,
  pulseWeightMillilitres: 1000,
  forwardPulses: 7501,
  litresPerHour: 480,
  hourlyLitres: [0, 0, 10, 80, 40],
  valveAngle: 1,
  isValveDriven: false,
  batteryMillivolts: 3650,
  batteryFraction: 0.998,
  batteryYears: 19.84,
  modemState: "psm",
  wakes: 1234,
  reports: 15,
  intervals: 338,
  protocolFaults: 0,
  lastReport: { epochSeconds: Date.UTC(2026, 0, 15, 3, 58, 29) / 1000, forwardPulses: 7300 },
};

function draw(changes: Partial<PanelState> = {}, columns = 80): string {
  return drawPanel({ ...state, ...changes }, columns, plain).join("\n");
}

describe("the panel", () => {
  it("fits a terminal of 80 x 24 with everything on it", () => {
    expect(drawPanel(state, 80, plain)).toEqual([
      " Tally · water meter 10000001               xs engine · household of 4 · seed 1",
      "─".repeat(79),
      " Thu 15 Jan 2026  12:00:00 UTC                                     day 15 of 30",
      "",
      " index       7.501 m3              flow        480 L/h",
      " valve       open   ▰▰▰▰▰▰▰▰▰▰     battery     3.650 V · 99.8 % · 19.8 years",
      " radio       asleep (PSM)          wakes       1,234",
      "",
      " last report 2026-01-15T03:58:29Z · 8 h 1 min ago · 7.300 m3 acknowledged",
      " head-end    15 reports · 338 intervals · 201 pulses to come",
      " today       ▁▁▂█▅···················  130 L · at most 80 L in an hour",
      "",
      "─".repeat(79),
      " ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  48 % · 11 s left · 125,300 x real time",
    ]);
  });

  it("puts one value on a line in a narrow terminal", () => {
    const lines = drawPanel(state, 60, plain);
    expect(lines).toContain(" index       7.501 m3");
    expect(lines).toContain(" flow        480 L/h");
    expect(lines.length).toBeLessThan(24);
  });

  it("never draws a line that reaches the last column", () => {
    const colours = new Chalk({ level: 3 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.boolean(), (columns, isColoured) => {
        const lines = drawPanel({ ...state, protocolFaults: 3 }, columns, isColoured ? colours : plain);
        for (const line of lines)
          expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(Math.max(1, columns - 1));
      }),
    );
  });

  it("has no report and no years at the very start", () => {
    const text = draw({
      elapsedSeconds: 0,
      wallSeconds: 0,
      lastReport: undefined,
      batteryFraction: 1,
      batteryYears: undefined,
      reports: 0,
    });
    expect(text).toMatch(/last report none yet/);
    expect(text).toMatch(/battery +3\.650 V · 100\.00 %$/m);
    expect(text).toMatch(/day 1 of 30/);
    expect(text).toMatch(/0 % · 0 x real time$/);
  });

  it("shows a valve on its way", () => {
    expect(draw({ valveAngle: 0.42, isValveDriven: true })).toMatch(/valve +moving ▰▰▰▰▱▱▱▱▱▱/);
  });

  it("shows a closed valve and one that was left on its way", () => {
    expect(draw({ valveAngle: 0 })).toMatch(/valve +closed ▱{10}/);
    expect(draw({ valveAngle: 0.5 })).toMatch(/valve +partly ▰{5}▱{5}/);
  });

  it.each([
    ["off", "off"],
    ["booting", "starting"],
    ["idle", "on, idle"],
    ["searching", "searching a cell"],
    ["connected", "connected"],
  ] as const)("says of a modem that is %s: %s", (modemState, text) => {
    expect(draw({ modemState })).toMatch(new RegExp(`radio +${text} `));
  });

  it("says that the closing report is under way once the time is up", () => {
    expect(draw({ elapsedSeconds: 30 * 86_400 + 9 })).toMatch(/100 % · closing report/);
  });

  it("puts faults of the protocol first", () => {
    expect(draw({ protocolFaults: 2 })).toMatch(/head-end +2 faults · 15 reports/);
  });
});
