import { daySeconds } from "../../../hal/base/time-units.js";
import type { Difference } from "../../../sim/run/checkers.js";
import { exportEventLog } from "../../../sim/run/event-log/export.js";
import { copyPartition } from "../../../sim/run/flash/flash-access.js";
import type { RunOptions } from "../../../sim/run/run-options.js";
import type { RunResult } from "../../../sim/run/run-result.js";
import type { Simulation } from "../../../sim/run/simulation.js";
import { countText, cubicMetresText, daysText, durationText, timeText } from "../../kit/quantities.js";
import type { Band, Mark, PageData } from "./page-data.js";
import { wordsOfEvent, isFault } from "./event-words.js";
import { reportLines } from "./report-lines.js";

/** What a page says of a run beyond what the simulation knows. */
export interface PageFacts {
  readonly demandName: string;
  readonly pulseWeightMillilitres: number;
  readonly repeat: string;
  /** As the summary has them. */
  readonly verdicts: PageData["verdicts"];
  readonly batteryYears: number | undefined;
}

/** Gathers what the page shows of a finished run. */
export function pageDataOf(simulation: Simulation, result: RunResult, facts: PageFacts): PageData {
  const { options, book, reports } = simulation;
  const { report, differences } = result;
  const unit = { name: "litres", perPulse: facts.pulseWeightMillilitres / 1000 };
  const { newest } = reports;
  return {
    title: `${daysText(options.durationSeconds)} of a ${report.product} meter`,
    subtitle: `From ${timeText(options.startEpochSeconds)}: ${facts.demandName}, ${report.engine} engine, seed ${report.seed}`,
    verdicts: facts.verdicts,
    tiles: tilesOf(result, facts),
    startEpochSeconds: options.startEpochSeconds,
    samples: book.samples,
    unit,
    cubicMetresPerPulse: facts.pulseWeightMillilitres / 1e6,
    hours: hoursOf(simulation, unit),
    charges: Object.entries(report.energy.ledgerMicroampereHours)
      .map(([name, charge]) => ({ name, milliampereHours: charge / 1000 }))
      .filter(({ milliampereHours }) => milliampereHours > 0)
      .sort((one, other) => other.milliampereHours - one.milliampereHours),
    marks: [...eventMarks(simulation), ...differenceMarks(differences, options), ...networkMarks(options)],
    bands: bandsOf(options),
    reportTitle: newest ? `Received ${timeText(newest.receivedEpochSeconds)}` : "The head-end has none.",
    reportLines: newest ? reportLines(newest) : [],
    repeat: facts.repeat,
  };
}

function tilesOf({ report }: RunResult, facts: PageFacts): PageData["tiles"] {
  const { energy, headEnd, truth } = report;
  const years = facts.batteryYears;
  return [
    { label: "index", value: `${cubicMetresText(truth.forwardPulses, facts.pulseWeightMillilitres)} m3` },
    {
      label: `intervals at the head-end, ${countText(headEnd.missingIntervals)} missing`,
      value: countText(headEnd.intervals),
    },
    { label: "of charge given", value: `${energy.chargeMilliampereHours.toFixed(1)} mAh` },
    years === undefined
      ? { label: "awake", value: durationText(report.awakeSeconds) }
      : { label: "of battery at this rate", value: `${years.toFixed(1)} years` },
  ];
}

function hoursOf({ options, truth }: Simulation, unit: PageData["unit"]): PageData["hours"] {
  const { startEpochSeconds, durationSeconds } = options;
  const hours = Array.from({ length: 24 }, () => ({ sum: 0, count: 0, most: 0 }));
  const firstHour = Math.ceil(startEpochSeconds / 3600);
  for (let hour = firstHour; (hour + 1) * 3600 <= startEpochSeconds + durationSeconds; hour++) {
    const from = (hour * 3600 - startEpochSeconds) * 1e6;
    const volume = (truth.forwardPulsesAt(from + 3600e6) - truth.forwardPulsesAt(from)) * unit.perPulse;
    const entry = hours[hour % 24];
    if (!entry) continue;
    entry.sum += volume;
    entry.count++;
    entry.most = Math.max(entry.most, volume);
  }
  return hours.map(({ sum, count, most }) => ({ mean: count > 0 ? sum / count : 0, most }));
}

/** The meter's own log; its clock is taken for right, and an entry without a date stands where the one before it does. */
function eventMarks({ meter, options }: Simulation): Mark[] {
  let atSeconds = 0;
  return exportEventLog(copyPartition(meter.flash, "events"), "").entries.map((entry) => {
    if (entry.time !== null) atSeconds = Date.parse(entry.time) / 1000 - options.startEpochSeconds;
    const when = entry.time === null ? ", before the meter had a date" : "";
    return { atSeconds, kind: isFault(entry) ? "fault" : "event", text: `${wordsOfEvent(entry)}${when}` };
  });
}

function differenceMarks(differences: readonly Difference[], { startEpochSeconds }: RunOptions): Mark[] {
  return differences.flatMap(({ checker, message, epochSeconds }) =>
    epochSeconds === undefined
      ? []
      : [
          {
            atSeconds: epochSeconds - startEpochSeconds,
            kind: "fault" as const,
            text: `${checker}: ${message}`,
          },
        ],
  );
}

function networkMarks(options: RunOptions): Mark[] {
  const dead = (options.networkSituations ?? []).flatMap((situation) =>
    situation.kind === "dead-bearer"
      ? [{ atSeconds: situation.fromDay * daySeconds, kind: "network" as const, text: "the connection dies" }]
      : [],
  );
  return [
    ...bandsOf(options).map(({ fromSeconds, text }) => ({
      atSeconds: fromSeconds,
      kind: "network" as const,
      text,
    })),
    ...dead,
  ];
}

function bandsOf({ network, networkSituations = [], durationSeconds }: RunOptions): Band[] {
  const toSeconds = durationSeconds;
  const outages = (network?.outages ?? []).map((outage) => ({ ...outage, text: "no network" }));
  const situations = networkSituations.flatMap((situation) => {
    if (situation.kind === "dead-bearer") return [];
    const fromSeconds = "fromDay" in situation ? situation.fromDay * daySeconds : 0;
    return [{ fromSeconds, toSeconds, text: situation.kind }];
  });
  return [...outages, ...situations];
}
