import { CborEncoder } from "../cbor/encoder.js";

/** A resource's value. LwM2M's Time is an integer: seconds since 1970 in UTC. */
export type SenmlValue =
  | { readonly type: "integer"; readonly value: number }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "data"; readonly value: Uint8Array };

/** One SenML record (RFC 8428, 4). Text is ASCII. */
export interface SenmlRecord {
  /** Put before the name of this and every following record. */
  readonly baseName?: string;
  /** Added to the time of this and every following record, in seconds. */
  readonly baseTime?: number;
  readonly name?: string;
  readonly unit?: string;
  /** Seconds since 1970 in UTC when base time and time add up to 2^28 or more, otherwise relative to now. */
  readonly time?: number;
  readonly value?: SenmlValue;
}

/** Map keys of RFC 8428, 6. */
const Label = Object.freeze({
  baseTime: -3,
  baseName: -2,
  name: 0,
  unit: 1,
  integer: 2,
  float: 2,
  string: 3,
  boolean: 4,
  time: 6,
  data: 8,
} as const);

/**
 * Writes one record of a SenML pack as CBOR (RFC 8428, 6; content format 112), which is an array of them. Keys come in the
 * order of the RFC's example. Each record can be let go of once it is written, so that no pack is held as a whole.
 * @throws {RangeError} on text that is not ASCII or an integer that is not safe.
 */
export function writeSenmlRecord(encoder: CborEncoder, record: SenmlRecord): void {
  const { baseName, baseTime, name, unit, time, value } = record;
  encoder.map(fieldCount(record));
  if (baseName !== undefined) encoder.integer(Label.baseName).text(baseName);
  if (baseTime !== undefined) writeNumber(encoder.integer(Label.baseTime), baseTime);
  if (name !== undefined) encoder.integer(Label.name).text(name);
  if (unit !== undefined) encoder.integer(Label.unit).text(unit);
  if (time !== undefined) writeNumber(encoder.integer(Label.time), time);
  if (value !== undefined) writeValue(encoder.integer(Label[value.type]), value);
}

function fieldCount({ baseName, baseTime, name, unit, time, value }: SenmlRecord): number {
  let count = 0;
  if (baseName !== undefined) count++;
  if (baseTime !== undefined) count++;
  if (name !== undefined) count++;
  if (unit !== undefined) count++;
  if (time !== undefined) count++;
  if (value !== undefined) count++;
  return count;
}

function writeValue(encoder: CborEncoder, { type, value }: SenmlValue): void {
  switch (type) {
    case "integer":
      encoder.integer(value);
      break;
    case "float":
      encoder.float(value);
      break;
    case "string":
      encoder.text(value);
      break;
    case "boolean":
      encoder.boolean(value);
      break;
    case "data":
      encoder.byteString(value);
      break;
  }
}

function writeNumber(encoder: CborEncoder, value: number): void {
  if (Number.isSafeInteger(value)) encoder.integer(value);
  else encoder.float(value);
}
