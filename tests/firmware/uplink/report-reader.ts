import { decodeIntervalBlocks, type IntervalBlock } from "../../../sim/head-end/interval-blocks.js";
import { oracleDecode } from "../wire/cbor/oracle.js";

/** RFC 8428, 6: the keys of a record's map. */
const keys = new Map<unknown, "baseTime" | "baseName" | "name" | "unit" | "value" | "time">([
  [-3, "baseTime"],
  [-2, "baseName"],
  [0, "name"],
  [1, "unit"],
  [2, "value"],
  [4, "value"],
  [6, "time"],
  [8, "value"],
]);

/** A SenML record with its base name and base time worked in (RFC 8428, 4.6). */
export interface ResolvedRecord {
  readonly path: string;
  /** Undefined when the report has no base time. */
  readonly epochSeconds: number | undefined;
  readonly unit?: unknown;
  readonly value: unknown;
}

/** What a report says, by way of cbor-x. */
export function readPayload(payload: Uint8Array): ResolvedRecord[] {
  let baseName = "";
  let baseTime: number | undefined;
  return (oracleDecode(payload) as Map<unknown, unknown>[]).map((map) => {
    const fields = new Map<string, unknown>();
    for (const [key, value] of map) {
      const name = keys.get(key);
      if (name === undefined) throw new Error(`unknown key ${String(key)}`);
      fields.set(name, value);
    }
    baseName = (fields.get("baseName") ?? baseName) as string;
    baseTime = (fields.get("baseTime") ?? baseTime) as number | undefined;
    return {
      path: baseName + (fields.get("name") as string),
      epochSeconds: baseTime === undefined ? undefined : baseTime + Number(fields.get("time") ?? 0),
      ...(fields.has("unit") ? { unit: fields.get("unit") } : {}),
      value: fields.get("value"),
    };
  });
}

/** What the records of a resource have as time by themselves, base time or not; undefined for none. */
export function ownTimesOf(payload: Uint8Array, resource: string): unknown[] {
  const maps = oracleDecode(payload) as Map<unknown, unknown>[];
  const records = readPayload(payload);
  return maps.filter((_, index) => records[index]?.path === resource).map((map) => map.get(6));
}

/** The interval blocks of a report; none when it has none. */
export function blocksOf(payload: Uint8Array): readonly IntervalBlock[] {
  const record = readPayload(payload).find(({ path }) => path === "/10266/0/6029");
  if (!record) return [];
  const decoded = decodeIntervalBlocks(record.value as Uint8Array);
  if (!decoded.ok) throw new Error(decoded.detail);
  return decoded.value;
}
