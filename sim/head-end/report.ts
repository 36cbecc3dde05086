import type { Outcome } from "../../hal/outcome.js";
import { decodeIntervalBlocks, type IntervalBlock } from "./interval-blocks.js";
import type { SenmlRecord } from "./senml.js";

/** A register's two indexes at one moment, in pulses. */
export interface ReportedIndexes {
  readonly forward: number;
  /** Undefined when the report does not say. */
  readonly reverse: number | undefined;
}

export interface BasedBlock extends IntervalBlock {
  /** The register at the start of the first interval. */
  readonly base: ReportedIndexes;
  /** True when the meter knew no date: its own time was set against the moment at which the report arrived. */
  readonly isDatedByArrival: boolean;
}

/** The meaning of one LwM2M Send. */
export interface ReportContent {
  /** The register when the report was made; undefined in a report without it, such as an alarm. */
  readonly now: { readonly epochSeconds: number; readonly index: ReportedIndexes } | undefined;
  readonly blocks: readonly BasedBlock[];
  readonly records: readonly SenmlRecord[];
}

type Result<Value> = Outcome<Value, "report">;

/** Where each medium's objects keep the index and the interval blocks; gas has no object for readings. */
const layouts = Object.freeze([
  { forward: "/3424/0/4", reverse: "/3424/1/4", volume: "/3424/0/1", blocks: "/10266/0/6029" },
  { forward: "/3423/0/4", reverse: "/3423/1/4", volume: "/3423/0/1", blocks: "/19/0/0/0" },
]);
type Layout = (typeof layouts)[number];

/** LwM2M's Current Time: where it lies before this, in 2004, the device's clock was never set. */
const currentTime = "/3/0/13";
const firstDateSeconds = 2 ** 30;

/** Finds the register's indexes and the intervals among the records, and checks that they are whole. */
export function readReport(records: readonly SenmlRecord[]): Result<ReportContent> {
  const paths = new Set(records.map(({ path }) => path));
  const layout = layouts.find(({ forward, blocks }) => paths.has(forward) || paths.has(blocks));
  if (!layout) return { ok: true, value: { now: undefined, blocks: [], records } };
  const wrong = records.find((record) => !hasRightType(record, layout));
  if (wrong) return malformed(`${wrong.path} holds ${String(wrong.value)}`);
  const forward = indexesByTime(records, layout.forward);
  const reverse = indexesByTime(records, layout.reverse);
  const undatedSeconds = secondsToDate(records);
  const blocks: BasedBlock[] = [];
  for (const { value } of records.filter(({ path }) => path === layout.blocks)) {
    const decoded = decodeIntervalBlocks(value as Uint8Array);
    if (!decoded.ok) return malformed(decoded.detail ?? "");
    for (const block of decoded.value) {
      const isDatedByArrival = undatedSeconds !== undefined && block.startEpochSeconds < firstDateSeconds;
      const startEpochSeconds = block.startEpochSeconds + (isDatedByArrival ? undatedSeconds : 0);
      const dated = { ...block, startEpochSeconds };
      const base = baseOf(dated, forward, reverse);
      if (!base) return malformed(`no base index at ${startEpochSeconds}`);
      if (block.deltas.length > 0) blocks.push({ ...dated, base, isDatedByArrival });
    }
  }
  return { ok: true, value: { now: latestIndex(forward, reverse, blocks), blocks, records } };
}

/** How far a device's own clock is behind UTC, from a report that tells what it shows; undefined for one that is set. */
function secondsToDate(records: readonly SenmlRecord[]): number | undefined {
  const told = records.find(({ path }) => path === currentTime);
  if (typeof told?.value !== "number" || told.value >= firstDateSeconds) return undefined;
  return told.epochSeconds - told.value;
}

/** Pulses are whole numbers: an index is exact or it is wrong. */
function hasRightType({ path, value }: SenmlRecord, layout: Layout): boolean {
  if (path === layout.forward || path === layout.reverse)
    return Number.isSafeInteger(value) && Number(value) >= 0;
  if (path === layout.volume) return typeof value === "number";
  return path !== layout.blocks || value instanceof Uint8Array;
}

function indexesByTime(records: readonly SenmlRecord[], wanted: string): Map<number, number> {
  const indexes = records.filter(({ path }) => path === wanted);
  return new Map(indexes.map(({ epochSeconds, value }) => [epochSeconds, Number(value)]));
}

function baseOf(
  block: IntervalBlock,
  forward: Map<number, number>,
  reverse: Map<number, number>,
): ReportedIndexes | undefined {
  const base = {
    forward: forward.get(block.startEpochSeconds),
    reverse: reverse.get(block.startEpochSeconds),
  };
  const needsReverse = block.deltas[0]?.reverse !== undefined;
  if (base.forward === undefined || (needsReverse && base.reverse === undefined)) return undefined;
  return { forward: base.forward, reverse: base.reverse };
}

/** The newest index that does not belong to a block. */
function latestIndex(
  forward: Map<number, number>,
  reverse: Map<number, number>,
  blocks: readonly BasedBlock[],
): ReportContent["now"] {
  const starts = new Set(blocks.map(({ startEpochSeconds }) => startEpochSeconds));
  const times = [...forward.keys()].filter((time) => !starts.has(time));
  const epochSeconds = Math.max(...times);
  const pulses = forward.get(epochSeconds);
  if (pulses === undefined) return undefined;
  return { epochSeconds, index: { forward: pulses, reverse: reverse.get(epochSeconds) } };
}

function malformed(detail: string): { ok: false; code: "report"; detail: string } {
  return { ok: false, code: "report", detail };
}
