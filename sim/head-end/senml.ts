import { Decoder } from "cbor-x";
import type { Outcome } from "../../hal/outcome.js";

export type SenmlValue = number | string | boolean | Uint8Array;

/** A SenML record, resolved (RFC 8428 section 4.6). */
export interface SenmlRecord {
  /** The path of an LwM2M resource, such as `/3424/0/4`. */
  readonly path: string;
  readonly epochSeconds: number;
  readonly value: SenmlValue;
}

type Result<Value> = Outcome<Value, "senml">;

/** CBOR labels, RFC 8428 section 6, table 4. */
const Label = Object.freeze({
  baseVersion: -1,
  baseName: -2,
  baseTime: -3,
  baseUnit: -4,
  baseValue: -5,
  baseSum: -6,
  name: 0,
  unit: 1,
  value: 2,
  stringValue: 3,
  booleanValue: 4,
  sum: 5,
  time: 6,
  updateTime: 7,
  dataValue: 8,
});

const numericLabels: readonly number[] = [
  Label.baseVersion,
  Label.baseTime,
  Label.baseValue,
  Label.baseSum,
  Label.value,
  Label.sum,
  Label.time,
  Label.updateTime,
];
const textLabels: readonly number[] = [
  Label.baseName,
  Label.baseUnit,
  Label.name,
  Label.unit,
  Label.stringValue,
];
const valueLabels: readonly number[] = [Label.value, Label.stringValue, Label.booleanValue, Label.dataValue];

/** RFC 8428 section 4.4: version 10 is the one that the RFC defines. */
const supportedVersion = 10;
/** RFC 8428 section 4.5.3: below this, a time is relative to now. */
const firstAbsoluteTime = 2 ** 28;

/**
 * Decodes a SenML pack in CBOR (content format 112) and resolves its base fields and times.
 * @param nowEpochSeconds the time that relative times count from
 */
export function decodeSenml(payload: Uint8Array, nowEpochSeconds: number): Result<readonly SenmlRecord[]> {
  const pack = decodeCbor(payload);
  if (!pack.ok) return pack;
  if (!Array.isArray(pack.value) || pack.value.length === 0) return malformed("not an array of records");
  const base = { name: "", time: 0, value: 0 };
  const records: SenmlRecord[] = [];
  for (const item of pack.value as unknown[]) {
    const fields = readFields(item);
    if (!fields.ok) return fields;
    const record = resolve(fields.value, base, nowEpochSeconds);
    if (!record.ok) return record;
    records.push(record.value);
  }
  return { ok: true, value: records };
}

function decodeCbor(payload: Uint8Array): Result<unknown> {
  try {
    const decoder = new Decoder({ mapsAsObjects: false, useRecords: false });
    const value: unknown = decoder.decode(Uint8Array.from(payload));
    return { ok: true, value };
  } catch (error) {
    return malformed(error instanceof Error ? error.message : "unreadable CBOR");
  }
}

/** Checks one record's labels and types; the decoder gives 64-bit integers as bigint. */
function readFields(item: unknown): Result<Map<number, SenmlValue>> {
  if (!(item instanceof Map)) return malformed("a record that is not a map");
  const fields = new Map<number, SenmlValue>();
  for (const [label, content] of item as Map<unknown, unknown>) {
    if (typeof label === "number" ? label < Label.baseSum || label > Label.dataValue : isOptional(label))
      continue;
    const value = typeof content === "bigint" ? Number(content) : content;
    if (typeof label !== "number") return malformed("a label that is not understood");
    if (!isTyped(label, value)) return malformed(`label ${label} has a value of the wrong type`);
    fields.set(label, value);
  }
  // LwM2M has no sums, the one case in which a record may lack a value.
  const values = valueLabels.filter((label) => fields.has(label));
  if (values.length !== 1) return malformed(`a record with ${values.length} values`);
  return { ok: true, value: fields };
}

/** Section 4.4: fields that are not understood are skipped, unless their label ends in `_`. */
function isOptional(label: unknown): boolean {
  return typeof label === "string" && !label.endsWith("_");
}

function isTyped(label: number, value: unknown): value is SenmlValue {
  if (numericLabels.includes(label)) return typeof value === "number" && Number.isFinite(value);
  if (textLabels.includes(label)) return typeof value === "string";
  if (label === Label.booleanValue) return typeof value === "boolean";
  return label === Label.dataValue && value instanceof Uint8Array;
}

/** Applies the base fields, which hold from the record they stand in until they are replaced. */
function resolve(
  fields: Map<number, SenmlValue>,
  base: { name: string; time: number; value: number },
  nowEpochSeconds: number,
): Result<SenmlRecord> {
  const version = numberOf(fields, Label.baseVersion, supportedVersion);
  if (version > supportedVersion) return malformed(`SenML version ${version}`);
  base.name = textOf(fields, Label.baseName, base.name);
  base.time = numberOf(fields, Label.baseTime, base.time);
  base.value = numberOf(fields, Label.baseValue, base.value);
  const path = base.name + textOf(fields, Label.name, "");
  if (!/^\/\d{1,5}\/\d{1,5}\/\d{1,5}(\/\d{1,5})?$/.test(path))
    return malformed(`name ${path} is no resource`);
  const time = base.time + numberOf(fields, Label.time, 0);
  return {
    ok: true,
    value: {
      path,
      epochSeconds: time < firstAbsoluteTime ? nowEpochSeconds + time : time,
      value: valueOf(fields, base.value),
    },
  };
}

function valueOf(fields: Map<number, SenmlValue>, baseValue: number): SenmlValue {
  const data = fields.get(Label.dataValue);
  if (data instanceof Uint8Array) return Uint8Array.from(data);
  if (fields.has(Label.value)) return baseValue + numberOf(fields, Label.value, 0);
  return fields.get(Label.stringValue) ?? fields.get(Label.booleanValue) ?? "";
}

function numberOf(fields: Map<number, SenmlValue>, label: number, fallback: number): number {
  const value = fields.get(label);
  return typeof value === "number" ? value : fallback;
}

function textOf(fields: Map<number, SenmlValue>, label: number, fallback: string): string {
  const value = fields.get(label);
  return typeof value === "string" ? value : fallback;
}

function malformed(detail: string): { ok: false; code: "senml"; detail: string } {
  return { ok: false, code: "senml", detail };
}
