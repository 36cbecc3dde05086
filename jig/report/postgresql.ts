import type { PhaseRun } from "../attempt/attempt.js";
import type { RecordedAttempt, RecordedKeys } from "../records/record-reader.js";
import { identityCells } from "./identity-cells.js";
import { limitsText, numericBounds } from "./limits-text.js";
import { postgresqlTables } from "./postgresql-tables.js";

type Value = string | number | boolean | null | Uint8Array | { readonly milliseconds: number };

/**
 * SQL that a PostgreSQL (12 or later) takes with `psql --file`: tables where there are none, and rows keyed by station
 * and attempt. What is there already stays as it is, so exports of many stations, and the same one again, merge.
 */
export function* postgresqlReport(
  attempts: Iterable<RecordedAttempt>,
  keys: Iterable<RecordedKeys>,
): Generator<string> {
  yield postgresqlTables;
  for (const recorded of attempts) yield* attemptStatements(recorded);
  for (const entry of keys)
    yield insert("tally_keys", [
      [
        entry.keyId,
        entry.hardwareId,
        entry.attemptId,
        entry.wrapped.recipient,
        Buffer.from(entry.wrapped.encapsulated, "base64"),
        Buffer.from(entry.wrapped.ciphertext, "base64"),
        { milliseconds: entry.atMilliseconds },
      ],
    ]);
  yield "COMMIT;\n";
}

function* attemptStatements({ sequence, digest, attempt }: RecordedAttempt): Generator<string> {
  const { station, id } = attempt;
  yield insert("tally_attempt", [
    [
      station,
      id,
      sequence,
      Buffer.from(digest, "hex"),
      attempt.slot,
      ...identityCells(attempt),
      { milliseconds: attempt.startedAtMilliseconds },
      { milliseconds: attempt.endedAtMilliseconds },
      attempt.outcome,
      attempt.reason ?? null,
    ],
  ]);
  const key = [station, id];
  yield insert(
    "tally_phase",
    attempt.phases.map((phase, index) => [...key, index + 1, ...phaseValues(phase)]),
  );
  const measurements = attempt.phases.flatMap((phase, index) =>
    phase.measurements.map(({ name, value, unit: symbol, limits, outcome, isMarginal }) => {
      const { minimum, maximum } = numericBounds(limits) ?? { minimum: null, maximum: null };
      const text = value === undefined ? null : String(value);
      const number = typeof value === "number" ? value : null;
      const bounds = [minimum, maximum, limits === undefined ? null : limitsText(limits, symbol)];
      return [...key, index + 1, name, text, number, symbol ?? null, ...bounds, outcome, isMarginal];
    }),
  );
  yield insert("tally_measurement", measurements);
  const attachments = attempt.phases.flatMap((phase, index) =>
    phase.attachments.map(({ name, mediaType, bytes }, number) => [
      ...key,
      index + 1,
      number + 1,
      name,
      mediaType,
      bytes,
    ]),
  );
  yield insert("tally_attachment", attachments);
}

function phaseValues(phase: PhaseRun): Value[] {
  return [
    phase.name,
    phase.tryNumber,
    phase.outcome,
    phase.reason ?? null,
    { milliseconds: phase.startedAtMilliseconds },
    { milliseconds: phase.endedAtMilliseconds },
  ];
}

function insert(table: string, rows: readonly (readonly Value[])[]): string {
  if (rows.length === 0) return "";
  const lines = rows.map((values) => `  (${values.map(literal).join(", ")})`);
  return `INSERT INTO ${table} VALUES\n${lines.join(",\n")}\n  ON CONFLICT DO NOTHING;\n`;
}

function literal(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString("hex")}'`;
  if (typeof value === "object") return `'${new Date(value.milliseconds).toISOString()}'`;
  return `'${storableText(value).replaceAll("'", "''")}'`;
}

/** PostgreSQL's text holds no zero character and no half of a pair. */
function storableText(text: string): string {
  return text.replaceAll("\0", "\ufffd").replace(/\p{Surrogate}/gu, "\ufffd");
}
