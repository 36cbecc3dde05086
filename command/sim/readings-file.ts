import { stringify } from "csv-stringify/sync";
import { exportEventLog } from "../../sim/run/event-log/export.js";
import { copyPartition } from "../../sim/run/flash/flash-access.js";
import type { Simulation } from "../../sim/run/simulation.js";
import { timeText } from "../kit/quantities.js";

/** The header of `--readings`: stable, new columns come at the end. docs/simulator.md says what they hold. */
export const readingsColumns = Object.freeze([
  "kind",
  "time",
  "received",
  "seconds",
  "forward_pulses",
  "reverse_pulses",
  "forward_index",
  "reverse_index",
  "intervals",
  "battery_mv",
  "battery_percent",
  "event",
  "detail",
] as const);

type Cells = Partial<Record<(typeof readingsColumns)[number], string | number | undefined>>;

interface Row {
  /** For the order; what has no date comes first. */
  readonly epochSeconds: number;
  readonly cells: Cells;
}

/**
 * A run's readings as CSV (RFC 4180): the intervals and reports that the head-end has, the battery at each midnight and the
 * meter's event log, in the order of their times.
 */
export function readingsCsv(simulation: Simulation): string {
  const rows = [
    ...intervalRows(simulation),
    ...reportRows(simulation),
    ...batteryRows(simulation),
    ...eventRows(simulation),
  ].sort((one, other) => one.epochSeconds - other.epochSeconds);
  const cells = rows.map((row) => readingsColumns.map((column) => row.cells[column] ?? ""));
  return stringify([readingsColumns, ...cells], { record_delimiter: "windows" });
}

function intervalRows({ readings }: Simulation): Row[] {
  return [...(readings?.intervals ?? [])].map(([end, interval]) => ({
    epochSeconds: end,
    cells: {
      kind: "interval",
      time: timeText(end),
      seconds: end - interval.startEpochSeconds,
      forward_pulses: interval.forward,
      reverse_pulses: interval.reverse,
      forward_index: interval.forwardIndex,
      reverse_index: interval.reverseIndex,
    },
  }));
}

function reportRows({ reports }: Simulation): Row[] {
  return reports.all.map((report) => ({
    epochSeconds: report.madeEpochSeconds ?? report.receivedEpochSeconds,
    cells: {
      kind: "report",
      time: report.madeEpochSeconds === undefined ? "" : timeText(report.madeEpochSeconds),
      received: timeText(report.receivedEpochSeconds),
      forward_index: report.forwardPulses,
      reverse_index: report.reversePulses,
      intervals: report.intervals,
      battery_mv: report.batteryMillivolts,
    },
  }));
}

function batteryRows({ book, options }: Simulation): Row[] {
  return book.days.map(({ atSeconds, batteryMillivolts, batteryFraction }) => {
    const epochSeconds = options.startEpochSeconds + atSeconds;
    return {
      epochSeconds,
      cells: {
        kind: "battery",
        time: timeText(epochSeconds),
        battery_mv: batteryMillivolts,
        battery_percent: (batteryFraction * 100).toFixed(3),
      },
    };
  });
}

function eventRows({ meter }: Simulation): Row[] {
  const { entries } = exportEventLog(copyPartition(meter.flash, "events"), "");
  return entries.map(({ time, event, detail }) => ({
    epochSeconds: time === null ? 0 : Date.parse(time) / 1000,
    cells: { kind: "event", time: time?.replace(".000Z", "Z"), event, detail },
  }));
}
