import { daySeconds } from "../../hal/base/time-units.js";
import type { ChalkInstance } from "chalk";
import type { ModemState } from "../../sim/world/modem/bc660k/bc660k-options.js";
import type { PanelState } from "./panel-state.js";
import {
  countOf,
  countText,
  cubicMetresText,
  durationText,
  factorText,
  timeText,
} from "../kit/quantities.js";
import { join, type StyledLine, padded, type Piece, print, spread, widthOf } from "../kit/styled-line.js";

/** From here on, two values stand side by side. */
const wideColumns = 72;
const widestColumns = 96;
const labelColumns = 13;
/** Of the left value's row, label included. */
const leftColumns = 34;
const valveBarColumns = 10;
const sparks = "▁▂▃▄▅▆▇█";

const radioTexts: Readonly<Record<ModemState, string>> = Object.freeze({
  off: "off",
  booting: "starting",
  idle: "on, idle",
  searching: "searching a cell",
  connected: "connected",
  psm: "asleep (PSM)",
});

interface Row {
  readonly label: string;
  readonly parts: readonly StyledLine[];
}

/** Draws the live view for a terminal of so many columns; no line is longer. */
export function drawPanel(state: PanelState, columns: number, colours: ChalkInstance): string[] {
  // A character in the last column makes some terminals wrap.
  const width = Math.max(1, Math.min(columns - 1, widestColumns));
  const rule: StyledLine = [{ text: "─".repeat(width), style: colours.dim }];
  const lines: StyledLine[] = [
    ...titleLines(state, width, colours),
    rule,
    ...clockLines(state, width, colours),
    [],
    ...valueLines(state, width, colours),
    [],
    rule,
    ...progressLines(state, width, colours),
  ];
  return lines.map((line) => print(line, width));
}

function titleLines(state: PanelState, width: number, { bold, cyan, dim }: ChalkInstance): StyledLine[] {
  const left: StyledLine = [
    { text: " Tally", style: (text) => bold(cyan(text)) },
    { text: ` · ${state.productName} meter ${state.serialNumber}` },
  ];
  const run = ` ${state.engineName} engine · ${state.demandName} · seed ${state.seed}`;
  return sideBySide(left, [{ text: run, style: dim }], width);
}

function clockLines(state: PanelState, width: number, { bold, dim }: ChalkInstance): StyledLine[] {
  const { startEpochSeconds, elapsedSeconds, durationSeconds } = state;
  const date = new Date(Math.floor(startEpochSeconds + elapsedSeconds) * 1000);
  const [weekday, day, month, year, time] = date.toUTCString().replace(",", "").split(" ");
  const days = Math.max(1, Math.ceil(durationSeconds / daySeconds));
  const today = Math.min(days, Math.floor(elapsedSeconds / daySeconds) + 1);
  const left: StyledLine = [
    { text: ` ${weekday} ${day} ${month} ${year}  ` },
    { text: `${time}`, style: bold },
    { text: " UTC" },
  ];
  const right: StyledLine = [{ text: ` day ${countText(today)} of ${countText(days)}`, style: dim }];
  return sideBySide(left, right, width);
}

function valueLines(state: PanelState, width: number, colours: ChalkInstance): StyledLine[] {
  const pairs: [Row, Row][] = [
    [indexRow(state, colours), flowRow(state)],
    [valveRow(state, colours), batteryRow(state, colours)],
    [radioRow(state, colours), { label: "wakes", parts: [[{ text: countText(state.wakes) }]] }],
  ];
  const singles = [lastReportRow(state), headEndRow(state, colours), todayRow(state, colours)];
  const printRow = (row: Row, columns: number): StyledLine => {
    const label = { text: ` ${row.label}`.padEnd(labelColumns), style: colours.dim };
    return [label, ...join(row.parts, columns - labelColumns)];
  };
  const paired =
    width + 1 >= wideColumns
      ? pairs.map(([left, right]) => [
          ...padded(printRow(left, leftColumns - 1), leftColumns),
          ...printRow(right, width - leftColumns),
        ])
      : pairs.flat().map((row) => printRow(row, width));
  return [...paired, [], ...singles.map((row) => printRow(row, width))];
}

function indexRow(state: PanelState, { bold }: ChalkInstance): Row {
  return { label: "index", parts: [[{ text: `${volumeText(state, state.forwardPulses)} m3`, style: bold }]] };
}

function flowRow({ litresPerHour }: PanelState): Row {
  return { label: "flow", parts: [[{ text: `${countText(litresPerHour)} L/h` }]] };
}

function valveRow(
  { valveAngle, isValveDriven }: PanelState,
  { green, yellow, red, dim }: ChalkInstance,
): Row {
  const still = valveAngle > 0.985 ? "open" : valveAngle < 0.015 ? "closed" : "partly";
  const style = isValveDriven ? yellow : still === "open" ? green : red;
  const filled = Math.round(valveAngle * valveBarColumns);
  return {
    label: "valve",
    parts: [
      [
        { text: (isValveDriven ? "moving" : still).padEnd(7), style },
        { text: "▰".repeat(filled), style },
        { text: "▱".repeat(valveBarColumns - filled), style: dim },
      ],
    ],
  };
}

function batteryRow(state: PanelState, { green, yellow, red }: ChalkInstance): Row {
  const { batteryMillivolts, batteryFraction, batteryYears } = state;
  const style = batteryFraction > 0.3 ? green : batteryFraction > 0.1 ? yellow : red;
  const parts: StyledLine[] = [
    [{ text: `${(batteryMillivolts / 1000).toFixed(3)} V`, style }],
    [{ text: `${(batteryFraction * 100).toFixed(batteryFraction > 0.9995 ? 2 : 1)} %` }],
  ];
  if (batteryYears !== undefined) parts.push([{ text: `${batteryYears.toFixed(1)} years` }]);
  return { label: "battery", parts };
}

function radioRow({ modemState }: PanelState, { green, yellow, dim }: ChalkInstance): Row {
  const style = modemState === "connected" ? green : modemState === "searching" ? yellow : undefined;
  const isAway = modemState === "off" || modemState === "psm";
  return { label: "radio", parts: [[{ text: radioTexts[modemState], style: isAway ? dim : style }]] };
}

function lastReportRow(state: PanelState): Row {
  const { lastReport, startEpochSeconds, elapsedSeconds } = state;
  const label = "last report";
  if (!lastReport) return { label, parts: [[{ text: "none yet" }]] };
  const { epochSeconds, forwardPulses } = lastReport;
  const age = durationText(startEpochSeconds + elapsedSeconds - epochSeconds);
  const texts = [timeText(epochSeconds), `${age} ago`, `${volumeText(state, forwardPulses)} m3 acknowledged`];
  return { label, parts: texts.map((text) => [{ text }]) };
}

function headEndRow(state: PanelState, { red }: ChalkInstance): Row {
  const { reports, intervals, forwardPulses, lastReport, protocolFaults } = state;
  const behind = forwardPulses - (lastReport?.forwardPulses ?? 0);
  const parts: StyledLine[] = [
    [{ text: countOf(reports, "report") }],
    [{ text: countOf(intervals, "interval") }],
    [{ text: `${countOf(behind, "pulse")} to come` }],
  ];
  if (protocolFaults > 0) parts.unshift([{ text: countOf(protocolFaults, "fault"), style: red }]);
  return { label: "head-end", parts };
}

/** The day's hours as a row of columns. */
function todayRow({ hourlyLitres }: PanelState, { cyan, dim }: ChalkInstance): Row {
  const most = Math.max(1, ...hourlyLitres);
  const bars = hourlyLitres.map((litres) => sparks[Math.ceil((litres / most) * (sparks.length - 1))] ?? "");
  const total = hourlyLitres.reduce((sum, litres) => sum + litres, 0);
  return {
    label: "today",
    parts: [
      [
        { text: bars.join(""), style: cyan },
        { text: "·".repeat(Math.max(0, 24 - bars.length)), style: dim },
        { text: `  ${countText(total)} L` },
      ],
      [{ text: `at most ${countText(Math.max(0, ...hourlyLitres))} L in an hour`, style: dim }],
    ],
  };
}

function progressLines(state: PanelState, width: number, { cyan, dim }: ChalkInstance): StyledLine[] {
  const { elapsedSeconds, durationSeconds, wallSeconds } = state;
  const done = Math.min(1, elapsedSeconds / durationSeconds);
  const speed = wallSeconds > 0 ? elapsedSeconds / wallSeconds : 0;
  const left = speed > 0 ? Math.max(0, durationSeconds - elapsedSeconds) / speed : undefined;
  const ending = done === 1 ? "closing report" : left === undefined ? "" : `${durationText(left)} left`;
  const texts = [`${Math.floor(done * 100)} %`.padStart(5), ending, `${factorText(speed)} x real time`];
  const label = join(
    texts.filter((text) => text !== "").map((text) => [{ text }]),
    width - 12,
  );
  const room = Math.max(0, width - widthOf(label) - 3);
  const filled = Math.round(room * done);
  const bar: Piece[] = [
    { text: ` ${"━".repeat(filled)}`, style: cyan },
    { text: "━".repeat(room - filled), style: dim },
  ];
  return [[...bar, { text: " " }, ...label]];
}

/** On one line where they fit, else below each other. */
function sideBySide(left: StyledLine, right: StyledLine, width: number): StyledLine[] {
  const line = spread(left, right, width);
  return line ? [line] : [left, right];
}

function volumeText({ pulseWeightMillilitres }: PanelState, pulses: number): string {
  return cubicMetresText(pulses, pulseWeightMillilitres);
}
