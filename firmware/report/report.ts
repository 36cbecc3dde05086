import { encodeIntervalBlocks, type IntervalBlock } from "../lwm2m/interval-payload.js";
import { encodeSenml, type SenmlRecord, type SenmlValue } from "../lwm2m/senml.js";
import type { MeterRecord } from "../metering/meter-record.js";
import { intervalResource } from "./interval-resource.js";

/** What the meter shows at the moment of the report. */
export interface ReportStatus {
  /** UTC epoch seconds; undefined while the meter does not know the date. */
  readonly epochSeconds: number | undefined;
  readonly forwardPulses: number;
  readonly reversePulses: number;
  readonly batteryMillivolts: number;
  /** LwM2M Device's error code, 0 for none (object 3, resource 11). */
  readonly errorCode: number;
  /** Undefined on a meter without a valve, or when its position is not known. */
  readonly isValveOpen: boolean | undefined;
}

export interface ReportOptions {
  /** 3424 for water, 3423 for gas. */
  readonly meterObject: number;
  readonly pulseWeightMillilitres: number;
  readonly intervalSeconds: number;
  readonly status: ReportStatus;
  /** Interval values, oldest first; the first is the last one that was acknowledged, or the oldest there is. */
  readonly records: readonly MeterRecord[];
}

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
export function buildReport({ meterObject, pulseWeightMillilitres, ...options }: ReportOptions): Uint8Array {
  const { status, records, intervalSeconds } = options;
  const forward = `/${meterObject}/0/`;
  const reverse = `/${meterObject}/1/`;
  const volume = (status.forwardPulses * pulseWeightMillilitres) / 1e6;
  const { epochSeconds } = status;
  const pack: SenmlRecord[] = [
    {
      baseName: forward,
      ...(epochSeconds === undefined ? {} : { baseTime: epochSeconds }),
      name: "4",
      value: integer(status.forwardPulses),
    },
    { name: "1", unit: "m3", value: { type: "float", value: volume } },
    { baseName: reverse, name: "4", value: integer(status.reversePulses) },
    { baseName: "/3/0/", name: "7", value: integer(status.batteryMillivolts) },
    { name: "11", value: integer(status.errorCode) },
  ];
  if (status.isValveOpen !== undefined)
    pack.push({ baseName: "/3306/0/", name: "5850", value: { type: "boolean", value: status.isValveOpen } });
  const runs = epochSeconds === undefined ? [] : contiguousRuns(records, intervalSeconds);
  for (const run of runs) {
    const base = run[0] as MeterRecord;
    const time = base.epochSeconds - (epochSeconds ?? 0);
    pack.push({ baseName: forward, name: "4", time, value: integer(base.forwardPulses) });
    pack.push({ baseName: reverse, name: "4", time, value: integer(base.reversePulses) });
  }
  if (runs.length > 0) {
    const value = encodeIntervalBlocks(runs.map((run) => intervalBlock(run, intervalSeconds)));
    const { object, resource } = intervalResource(meterObject);
    pack.push({ baseName: `/${object}/0/`, name: resource, value: { type: "data", value } });
  }
  return encodeSenml(pack);
}

/**
 * Splits at every gap in time, and where a register falls, which no healthy meter shows, but which must not stop
 * the reports. A value without a neighbour bounds no interval and is left out.
 */
function contiguousRuns(records: readonly MeterRecord[], intervalSeconds: number): MeterRecord[][] {
  const runs: MeterRecord[][] = [];
  let run: MeterRecord[] = [];
  for (const record of records) {
    const last = run[run.length - 1];
    if (last && !followsOn(last, record, intervalSeconds)) {
      runs.push(run);
      run = [];
    }
    run.push(record);
  }
  runs.push(run);
  return runs.filter(({ length }) => length > 1);
}

function followsOn(last: MeterRecord, record: MeterRecord, intervalSeconds: number): boolean {
  return (
    record.epochSeconds === last.epochSeconds + intervalSeconds &&
    record.forwardPulses >= last.forwardPulses &&
    record.reversePulses >= last.reversePulses
  );
}

function intervalBlock(run: readonly MeterRecord[], periodSeconds: number): IntervalBlock {
  const values: (readonly [number, number])[] = [];
  for (let index = 1; index < run.length; index++) {
    const record = run[index] as MeterRecord;
    const previous = run[index - 1] as MeterRecord;
    values.push([
      record.forwardPulses - previous.forwardPulses,
      record.reversePulses - previous.reversePulses,
    ]);
  }
  return { firstTimestampSeconds: (run[1] as MeterRecord).epochSeconds, periodSeconds, values };
}

function integer(value: number): SenmlValue {
  return { type: "integer", value };
}
