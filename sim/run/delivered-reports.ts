import type { Report } from "../head-end/head-end.js";

/** A report that the head-end has taken, in figures. */
export interface DeliveredReport {
  /** By the meter's clock; undefined in a report without an index. */
  readonly madeEpochSeconds: number | undefined;
  /** By true time. */
  readonly receivedEpochSeconds: number;
  /** Undefined where the report does not say. */
  readonly forwardPulses: number | undefined;
  readonly reversePulses: number | undefined;
  readonly batteryMillivolts: number | undefined;
  /** Interval values in it, those that came before included. */
  readonly intervals: number;
}

const batteryPath = "/3/0/7";

/** What the head-end has taken, oldest first. */
export class DeliveredReports {
  readonly all: DeliveredReport[] = [];
  /** The newest, as it was decoded. */
  newest: Report | undefined;

  add(report: Report): void {
    const { now, blocks, records, receivedEpochSeconds } = report;
    const battery = records.find(({ path }) => path === batteryPath)?.value;
    this.newest = report;
    this.all.push({
      madeEpochSeconds: now?.epochSeconds,
      receivedEpochSeconds,
      forwardPulses: now?.index.forward,
      reversePulses: now?.index.reverse,
      batteryMillivolts: typeof battery === "number" ? battery : undefined,
      intervals: blocks.reduce((sum, { deltas }) => sum + deltas.length, 0),
    });
  }
}
