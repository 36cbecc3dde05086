import { CborEncoder } from "../wire/cbor/encoder.js";
import { encodeIntervalBlocks } from "../wire/lwm2m/interval-payload.js";
import { type SenmlValue, writeSenmlRecord } from "../wire/lwm2m/senml.js";
import type { MeterStatus } from "../readings/meter-status.js";
import { intervalResource } from "./interval-resource.js";
import type { IntervalRun, IntervalSeries } from "./interval-series.js";

export interface ReportOptions {
  /** 3424 for water, 3423 for gas. */
  readonly meterObject: number;
  readonly pulseWeightMillilitres: number;
  readonly status: MeterStatus;
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
 *   which each of its blocks begins, the cumulated pulses again, so that the head-end can check its sum against the register.
 * A meter without a date leaves time out, which means the moment of arrival (RFC 8428, 4.5.3), and has no
 * intervals to tell of.
 * - `/3/0/7`, `/3/0/11`, `/3306/0/5850`: battery voltage in mV, error code, valve.
 */
export function buildReport(options: ReportOptions): Uint8Array {
  const { status, series } = options;
  const runs = status.epochSeconds === undefined ? [] : series.runs;
  const encoder = new CborEncoder(usualByteLength);
  encoder.array((status.isValveOpen === undefined ? 5 : 6) + (runs.length > 0 ? 2 * runs.length + 1 : 0));
  writeStatus(encoder, options);
  if (runs.length > 0) writeIntervals(encoder, options, runs);
  return encoder.finish();
}

function writeStatus(
  encoder: CborEncoder,
  { meterObject, pulseWeightMillilitres, status }: ReportOptions,
): void {
  const { epochSeconds, forwardPulses, isValveOpen } = status;
  const baseName = `/${meterObject}/0/`;
  const value = integer(forwardPulses);
  if (epochSeconds === undefined) writeSenmlRecord(encoder, { baseName, name: "4", value });
  else writeSenmlRecord(encoder, { baseName, baseTime: epochSeconds, name: "4", value });
  const volume = (forwardPulses * pulseWeightMillilitres) / 1e6;
  writeSenmlRecord(encoder, { name: "1", unit: "m3", value: { type: "float", value: volume } });
  writeSenmlRecord(encoder, {
    baseName: `/${meterObject}/1/`,
    name: "4",
    value: integer(status.reversePulses),
  });
  writeSenmlRecord(encoder, { baseName: "/3/0/", name: "7", value: integer(status.batteryMillivolts) });
  writeSenmlRecord(encoder, { name: "11", value: integer(status.errorCode) });
  if (isValveOpen === undefined) return;
  const valve: SenmlValue = { type: "boolean", value: isValveOpen };
  writeSenmlRecord(encoder, { baseName: "/3306/0/", name: "5850", value: valve });
}

function writeIntervals(
  encoder: CborEncoder,
  { meterObject, status, series }: ReportOptions,
  runs: readonly IntervalRun[],
): void {
  for (const run of runs) {
    const time = run.epochSeconds - (status.epochSeconds ?? 0);
    writeSenmlRecord(encoder, {
      baseName: `/${meterObject}/0/`,
      name: "4",
      time,
      value: integer(run.forwardPulses),
    });
    writeSenmlRecord(encoder, {
      baseName: `/${meterObject}/1/`,
      name: "4",
      time,
      value: integer(run.reversePulses),
    });
  }
  const value = encodeIntervalBlocks(runs.map((run) => series.block(run)));
  const { object, resource } = intervalResource(meterObject);
  writeSenmlRecord(encoder, { baseName: `/${object}/0/`, name: resource, value: { type: "data", value } });
}

function integer(value: number): SenmlValue {
  return { type: "integer", value };
}
