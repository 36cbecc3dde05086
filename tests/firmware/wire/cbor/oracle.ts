import { Decoder } from "cbor-x";

const decoder = new Decoder({ mapsAsObjects: false, useRecords: false });

/** What an independent decoder makes of one CBOR item; maps are given as `Map`, byte strings as `Uint8Array`. */
export function oracleDecode(bytes: Uint8Array): unknown {
  return normalize(decoder.decode(Buffer.from(bytes)));
}

function normalize(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return value.map(normalize);
  if (value instanceof Map)
    return new Map([...value].map(([key, item]: [unknown, unknown]) => [normalize(key), normalize(item)]));
  return value;
}
