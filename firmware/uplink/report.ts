import type { MeterStatus } from "../readings/meter-status.js";
import type { Reading, ReadingSource } from "../readings/reading.js";
import { instancePathOf, type ReadingName, readings, type ToldReadings } from "../readings/readings.js";
import { encodeIntervalBlocks } from "../wire/lwm2m/interval-payload.js";
import { writeSenmlRecord } from "../wire/lwm2m/senml.js";
import { CborEncoder } from "../wire/cbor/encoder.js";
import type { IntervalRun, IntervalSeries } from "./interval-series.js";
import { valueOf } from "./resources.js";

/** What is told before each run of intervals, as it stood when the run began. */
const toldBeforeRun = Object.freeze([
  "forwardPulses",
  "reversePulses",
] as const satisfies readonly ReadingName[]);

export interface ReportOptions {
  readonly product: ToldReadings;
  readonly source: ReadingSource;
  /** Interval values; the first is the last one that was acknowledged, or the oldest there is. */
  readonly series: IntervalSeries;
}

/** What a day of hourly values takes; the encoder grows for more. */
const usualByteLength = 256;

/**
 * The SenML pack of a report: a pure function of the logs and the register, so that building it again, after
 * whatever happened, tells the same.
 *
 * - `/3424/0/4`, `/3424/0/1`: cumulated pulses and volume now; `/3424/1/4`: reverse pulses.
 * - `/10266/0/6029` (gas: `/19/0/0/0`): pulses per interval since the acknowledged one, packed; at the time at
 *   which each of its blocks begins, the cumulated pulses again, so that the head-end can check its sum against the register. A value
 *   that bounds no interval is told as those pulses alone.
 * A meter without a date leaves the base time out: times count from the moment of arrival (RFC 8428, 4.5.3). Its blocks are
 * in its own time, seconds since power came, and `/3/0/13` says what that is now.
 * - `/3/0/7`, `/3/0/11`, `/3306/0/5850`: battery voltage in mV, error code, valve.
 * - `/32769/0/0`: how the contact before ended, unless all was delivered.
 */
export function buildReport(options: ReportOptions): Uint8Array {
  const { product, source, series } = options;
  const { runs } = series;
  const told = product.reported.filter((name) => valueOf(readings[name], source) !== undefined);
  if (source.status.epochSeconds === undefined) told.push("time");
  const encoder = new CborEncoder(usualByteLength);
  const hasIntervals = runs.some(({ count }) => count > 0);
  encoder.array(told.length + toldBeforeRun.length * runs.length + (hasIntervals ? 1 : 0));
  writeReadings(encoder, options, told);
  if (runs.length > 0) writeIntervals(encoder, options, runs);
  return encoder.finish();
}

/** Each reading has its object's instance as base name, unless it is that of the reading before it. */
function writeReadings(
  encoder: CborEncoder,
  { product, source }: ReportOptions,
  told: readonly ReadingName[],
): void {
  const { epochSeconds } = source.status;
  let instance = "";
  for (let index = 0; index < told.length; index++) {
    const reading: Reading = readings[told[index] as ReadingName];
    const value = valueOf(reading, source);
    if (!value) continue;
    const path = instancePathOf(reading, product);
    writeSenmlRecord(encoder, {
      ...(path === instance ? {} : { baseName: `${path}/` }),
      ...(instance === "" && epochSeconds !== undefined ? { baseTime: epochSeconds } : {}),
      name: reading.resource,
      ...(reading.unit === undefined ? {} : { unit: reading.unit }),
      value,
    });
    instance = path;
  }
}

function writeIntervals(
  encoder: CborEncoder,
  { product, source, series }: ReportOptions,
  runs: readonly IntervalRun[],
): void {
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index] as IntervalRun;
    const time = timeOf(run, source.status);
    toldBeforeRun.forEach((name) => {
      writeIndex(encoder, product, readings[name], time, run[name]);
    });
  }
  const blocks = runs.filter(({ count }) => count > 0).map((run) => series.block(run));
  if (blocks.length === 0) return;
  const value = encodeIntervalBlocks(blocks);
  const reading = readings[product.intervals];
  writeSenmlRecord(encoder, {
    baseName: `${instancePathOf(reading, product)}/`,
    name: reading.resource,
    value: { type: "data", value },
  });
}

/** When a run begins, from the moment of the report; without a date a time that has one is told as it is. */
function timeOf(run: IntervalRun, { epochSeconds, poweredSeconds }: MeterStatus): number {
  if (epochSeconds !== undefined) return run.epochSeconds - epochSeconds;
  return run.epochSeconds > poweredSeconds ? run.epochSeconds : run.epochSeconds - poweredSeconds;
}

/** A register as it stood when a run of intervals began. */
function writeIndex(
  encoder: CborEncoder,
  product: ToldReadings,
  reading: Reading,
  time: number,
  pulses: number,
): void {
  writeSenmlRecord(encoder, {
    baseName: `${instancePathOf(reading, product)}/`,
    name: reading.resource,
    time,
    value: { type: "integer", value: pulses },
  });
}
