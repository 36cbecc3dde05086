import { daySeconds } from "../../hal/base/time-units.js";
import type { ChalkInstance } from "chalk";
import type { Difference } from "../../sim/run/checkers.js";
import type { ExportedEntry } from "../../sim/run/event-log/export.js";
import type { EnergyReport, RunReport, RunResult } from "../../sim/run/run-result.js";
import { yearSeconds } from "../../sim/run/year.js";
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
import { wordsOfEvent } from "./page/event-words.js";
import { verdictsOf } from "./verdicts.js";

/** What the summary says beyond the report. */
export interface SummaryFacts {
  readonly demandName: string;
  readonly pulseWeightMillilitres: number;
  readonly startEpochSeconds: number;
  readonly durationSeconds: number;
  /** The meter's event log, oldest first. */
  readonly events: readonly ExportedEntry[];
  readonly batteryMillivolts: number;
  readonly batteryFraction: number;
  /** How long it lasts; undefined where the run was too short to say. */
  readonly batteryYears: number | undefined;
  /** True when the run was stopped before its end. */
  readonly isStopped: boolean;
}

/** Of the summary; values stand behind them. */
export const summaryLabelColumns = 15;
const figureColumns = 12;
const designYears = 15;
const mostContactChanges = 4;
const mostEvents = 6;
/** In a shorter run, one erase more or less decides about the projection. */
const leastProjectedSeconds = 90 * daySeconds;

/** The end of a run for people to read: what was counted, whether all of it arrived, and what it cost. */
export function summaryLines(result: RunResult, facts: SummaryFacts, colours: ChalkInstance): string[] {
  const { report } = result;
  return [
    ...headlines(report, facts, colours),
    "",
    ...indexTable(report, facts, colours),
    "",
    ...verdictLines(result, facts.isStopped, colours),
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

function verdictLines(
  result: RunResult,
  isStopped: boolean,
  { green, red, yellow, bold }: ChalkInstance,
): string[] {
  if (isStopped && result.differences.length === 0)
    return [bold(yellow("stopped before its end: no difference so far, the last pulses not compared"))];
  return verdictsOf(result).map(({ isGood, text }) => bold(isGood ? green(`✔ ${text}`) : red(`✘ ${text}`)));
}

function detailLines(report: RunReport, facts: SummaryFacts, { dim }: ChalkInstance): string[] {
  const { headEnd, uplink, flash, simulatedSeconds, wallSeconds } = report;
  const row = (label: string, ...parts: string[]): string =>
    dim(label.padEnd(summaryLabelColumns)) + parts.join(", ");
  const wear = [countOf(flash.maxSectorErases, "erase")];
  const designErases = (flash.maxSectorErases * designYears * yearSeconds) / simulatedSeconds;
  if (simulatedSeconds >= leastProjectedSeconds)
    wear.push(`${countText(designErases)} in ${designYears} years at this rate`);
  const { batteryYears: years } = facts;
  const battery = [
    `${(facts.batteryMillivolts / 1000).toFixed(3)} V`,
    `${(facts.batteryFraction * 100).toFixed(2)} % left`,
  ];
  if (years !== undefined) battery.push(`about ${years.toFixed(1)} years at this rate`);
  return [
    row(
      "intervals",
      countText(headEnd.intervals),
      `${countText(headEnd.missingIntervals)} missing`,
      `${countText(headEnd.duplicateIntervals)} duplicate`,
    ),
    row("uplink", countOf(uplink.reports, "report"), countOf(uplink.retransmissions, "retransmission")),
    ...contactRows(uplink.contactChanges).map((text, index) => row(index === 0 ? "contacts" : "", text)),
    row(
      "datagrams",
      `${countText(uplink.datagramsUp)} up (${bytesText(uplink.bytesUp)})`,
      `${countText(uplink.datagramsDown)} down (${bytesText(uplink.bytesDown)})`,
    ),
    ...eventRows(facts.events).map((text, index) => row(index === 0 ? "events" : "", text)),
    row("flash", countOf(flash.programs, "program"), countOf(flash.erases, "erase")),
    row("worst sector", ...wear),
    row("battery", ...battery),
    row("charge", chargeText(report.energy)),
    row("wakes", countText(report.wakes), `awake for ${durationText(report.awakeSeconds)}`),
    row("resets", `${countText(report.resets)} of the chip`, `${countText(report.modemResets)} of the modem`),
    row(
      "speed",
      `${spanText(simulatedSeconds, facts)} in ${secondsText(wallSeconds)}`,
      `${factorText(simulatedSeconds / Math.max(wallSeconds, 0.001))} x real time`,
    ),
    row("trace", report.traceHash),
  ];
}

/** What was simulated: beyond the days asked for, the wait for the report of what was counted in them. */
function spanText(simulatedSeconds: number, { durationSeconds, isStopped }: SummaryFacts): string {
  const waitSeconds = simulatedSeconds - durationSeconds;
  if (isStopped || waitSeconds <= 0) return durationText(simulatedSeconds);
  return `${daysText(durationSeconds)}, and ${durationText(waitSeconds)} for the last report,`;
}

/** What the battery gave, and the shares of it, the largest first. */
function chargeText({ chargeMilliampereHours, ledgerMicroampereHours }: EnergyReport): string {
  const shares = Object.entries(ledgerMicroampereHours)
    .filter(([, charge]) => charge > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([name, charge]) => `${name} ${(charge / chargeMilliampereHours / 10).toFixed(0)} %`);
  return `${chargeMilliampereHours.toFixed(1)} mAh: ${shares.join(", ")}`;
}

/** How contacts ended, where any failed: each change. */
function contactRows(changes: RunReport["uplink"]["contactChanges"]): string[] {
  const rows = changes.map(({ time, outcome }) => `${outcome} from ${time ?? "before the meter had a date"}`);
  return lastOf(rows, mostContactChanges, "changes");
}

/** What else the meter's log has: contacts have rows of their own. */
function eventRows(events: readonly ExportedEntry[]): string[] {
  const rows = events
    .filter(({ event }) => event !== "contact")
    .map(
      (entry) =>
        `${wordsOfEvent(entry)}, ${entry.time?.replace(".000Z", "Z") ?? "before the meter had a date"}`,
    );
  return lastOf(rows, mostEvents, "events");
}

/** The newest last; of many, the last ones. */
function lastOf(rows: readonly string[], most: number, what: string): string[] {
  if (rows.length <= most) return [...rows];
  return [`${countText(rows.length - most)} ${what} before`, ...rows.slice(-most)];
}

function secondsText(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(1)} s` : durationText(seconds);
}
