import { stringify } from "csv-stringify/sync";
import type { Measurement, PhaseRun } from "../attempt/attempt.js";
import type { RecordedAttempt } from "../records/record-reader.js";
import { identityCells } from "./identity-cells.js";
import { limitsText, numericBounds } from "./limits-text.js";

const columns = [
  "station",
  "sequence",
  "attempt",
  "slot",
  "hardware_id",
  "serial_number",
  "imei",
  "iccid",
  "key_id",
  "firmware_version",
  "firmware_hash",
  "recipe",
  "recipe_version",
  "recipe_hash",
  "started_at",
  "ended_at",
  "outcome",
  "reason",
  "phase",
  "try",
  "phase_started_at",
  "phase_ended_at",
  "phase_outcome",
  "phase_reason",
  "measurement",
  "value",
  "unit",
  "minimum",
  "maximum",
  "limits",
  "measurement_outcome",
  "marginal",
] as const;

type Cell = string | number | null;

/**
 * CSV in the long form, a row for each measurement (RFC 4180: CRLF, quotes where needed). A phase without
 * measurements and an attempt without phases have one row, in which those columns are empty.
 */
export function* csvReport(attempts: Iterable<RecordedAttempt>): Generator<string> {
  yield row(columns);
  for (const recorded of attempts) {
    const { phases } = recorded.attempt;
    if (phases.length === 0) yield row([...attemptCells(recorded), ...empty(14)]);
    for (const phase of phases) yield* phaseRows(attemptCells(recorded), phase);
  }
}

function* phaseRows(attempt: readonly Cell[], phase: PhaseRun): Generator<string> {
  const cells = [...attempt, ...phaseCells(phase)];
  if (phase.measurements.length === 0) yield row([...cells, ...empty(8)]);
  for (const measurement of phase.measurements) yield row([...cells, ...measurementCells(measurement)]);
}

function attemptCells({ sequence, attempt }: RecordedAttempt): Cell[] {
  return [
    attempt.station,
    sequence,
    attempt.id,
    attempt.slot,
    ...identityCells(attempt),
    isoTime(attempt.startedAtMilliseconds),
    isoTime(attempt.endedAtMilliseconds),
    attempt.outcome,
    attempt.reason ?? null,
  ];
}

function phaseCells(phase: PhaseRun): Cell[] {
  return [
    phase.name,
    phase.tryNumber,
    isoTime(phase.startedAtMilliseconds),
    isoTime(phase.endedAtMilliseconds),
    phase.outcome,
    phase.reason ?? null,
  ];
}

function measurementCells({ name, value, unit, limits, outcome, isMarginal }: Measurement): Cell[] {
  const { minimum, maximum } = numericBounds(limits) ?? { minimum: null, maximum: null };
  return [
    name,
    value === undefined ? null : String(value),
    unit ?? null,
    minimum,
    maximum,
    limitsText(limits, unit),
    outcome,
    String(isMarginal),
  ];
}

function empty(count: number): null[] {
  return Array.from({ length: count }, () => null);
}

function row(cells: readonly Cell[]): string {
  return stringify([cells], { record_delimiter: "windows" });
}

function isoTime(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}
