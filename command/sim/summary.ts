import { daySeconds } from "../../hal/base/time-units.js";
import type { ChalkInstance } from "chalk";
import type { Difference } from "../../sim/run/checkers.js";
import { type RunReport, type RunResult, yearSeconds } from "../../sim/run/run-result.js";
import { projectedYears } from "./panel.js";
import {
  bytesText,
  countOf,
  countText,
  cubicMetresText,
  daysText,
  durationText,
  factorText,
  timeText,
} from "../kit/quantities.js";

/** What the summary says beyond the report. */
export interface SummaryFacts {
  readonly demandName: string;
  readonly pulseWeightMillilitres: number;
  readonly startEpochSeconds: number;
  readonly durationSeconds: number;
  readonly batteryMillivolts: number;
  readonly batteryFraction: number;
  /** True when the run was stopped before its end. */
  readonly isStopped: boolean;
}

/** Of the summary; values stand behind them. */
export const summaryLabelColumns = 15;
const figureColumns = 12;
const designYears = 15;
const mostContactChanges = 4;
/** In a shorter run, one erase more or less decides about the projection. */
const leastProjectedSeconds = 90 * daySeconds;

/** The end of a run for people to read: what was counted, whether all of it arrived, and what it cost. */
export function summaryLines(
  { report, differences }: RunResult,
  facts: SummaryFacts,
  colours: ChalkInstance,
): string[] {
  return [
    ...headlines(report, facts, colours),
    "",
    ...indexTable(report, facts, colours),
    "",
    verdict(report, differences, facts.isStopped, colours),
    "",
    ...detailLines(report, facts, colours),
  ];
}

/** One line for each difference, as a person who looks for the fault needs it. */
export function differenceLines(differences: readonly Difference[], seed: number): string[] {
  return differences.map(({ checker, message, epochSeconds }) => {
    const when = epochSeconds === undefined ? "over the whole run" : `at ${timeText(epochSeconds)}`;
    return `the ${checker} checker, ${when}, seed ${seed}: ${message}`;
  });
}

function headlines(report: RunReport, facts: SummaryFacts, { bold, dim }: ChalkInstance): string[] {
  const { demandName, durationSeconds, startEpochSeconds } = facts;
  return [
    bold(`${daysText(durationSeconds)} of a ${report.product} meter, from ${timeText(startEpochSeconds)}`),
    dim(`${demandName}, ${report.engine} engine, seed ${report.seed}`),
  ];
}

function indexTable(report: RunReport, facts: SummaryFacts, { dim }: ChalkInstance): string[] {
  const places = [report.truth, report.register, report.headEnd];
  const row = (label: string, figures: readonly string[]): string =>
    label.padEnd(summaryLabelColumns) + figures.map((figure) => figure.padStart(figureColumns)).join("");
  const { pulseWeightMillilitres } = facts;
  return [
    dim(row("", ["truth", "register", "head-end"])),
    row(
      "forward pulses",
      places.map(({ forwardPulses }) => countText(forwardPulses)),
    ),
    row(
      "reverse pulses",
      places.map(({ reversePulses }) => countText(reversePulses)),
    ),
    row(
      "index m3",
      places.map(({ forwardPulses }) => cubicMetresText(forwardPulses, pulseWeightMillilitres)),
    ),
  ];
}

function verdict(
  { truth, product }: RunReport,
  differences: readonly Difference[],
  isStopped: boolean,
  { green, red, yellow, bold }: ChalkInstance,
): string {
  if (differences.length > 0)
    return bold(red(`✘ ${countOf(differences.length, "difference")} from the truth`));
  if (isStopped)
    return bold(yellow("stopped before its end: no difference so far, the last pulses not compared"));
  const pulses = truth.forwardPulses + truth.reversePulses;
  if (pulses === 0) return bold(green(`✔ no ${product} flowed, and none was counted`));
  return bold(green(`✔ all ${countOf(pulses, "pulse")} accounted for`));
}

function detailLines(report: RunReport, facts: SummaryFacts, { dim }: ChalkInstance): string[] {
  const { headEnd, uplink, flash, simulatedSeconds, wallSeconds } = report;
  const row = (label: string, ...parts: string[]): string =>
    dim(label.padEnd(summaryLabelColumns)) + parts.join(", ");
  const wear = [countOf(flash.maxSectorErases, "erase")];
  const designErases = (flash.maxSectorErases * designYears * yearSeconds) / simulatedSeconds;
  if (simulatedSeconds >= leastProjectedSeconds)
    wear.push(`${countText(designErases)} in ${designYears} years at this rate`);
  const years = projectedYears(simulatedSeconds, facts.batteryFraction);
  const battery = [
    `${(facts.batteryMillivolts / 1000).toFixed(3)} V`,
    `${(facts.batteryFraction * 100).toFixed(2)} % left`,
  ];
  if (years !== undefined) battery.push(`about ${years} years at this rate`);
  return [
    row(
      "intervals",
      countText(headEnd.intervals),
      `${countText(headEnd.missingIntervals)} missing`,
      `${countText(headEnd.duplicateIntervals)} duplicate`,
    ),
    row("uplink", countOf(uplink.reports, "report"), countOf(uplink.retransmissions, "retransmission")),
    ...contactRows(uplink.contactChanges).map((parts, index) => row(index === 0 ? "contacts" : "", ...parts)),
    row(
      "datagrams",
      `${countText(uplink.datagramsUp)} up (${bytesText(uplink.bytesUp)})`,
      `${countText(uplink.datagramsDown)} down (${bytesText(uplink.bytesDown)})`,
    ),
    row("flash", countOf(flash.programs, "program"), countOf(flash.erases, "erase")),
    row("worst sector", ...wear),
    row("battery", ...battery),
    row("wakes", countText(report.wakes)),
    row(
      "speed",
      `${durationText(simulatedSeconds)} in ${secondsText(wallSeconds)}`,
      `${factorText(simulatedSeconds / Math.max(wallSeconds, 0.001))} x real time`,
    ),
    row("trace", report.traceHash),
  ];
}

/** How contacts ended, where any failed: each change, the newest last; of many, the last ones. */
function contactRows(changes: RunReport["uplink"]["contactChanges"]): string[][] {
  const told = changes.slice(-mostContactChanges);
  const rows = told.map(({ time, outcome }) => [`${outcome} from ${time ?? "before the meter had a date"}`]);
  if (told.length < changes.length)
    rows.unshift([`${countText(changes.length - told.length)} changes before`]);
  return rows;
}

function secondsText(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(1)} s` : durationText(seconds);
}
