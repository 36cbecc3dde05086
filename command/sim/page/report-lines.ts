import type { DeliveredReports } from "../../../sim/run/delivered-reports.js";
import { countText, timeText } from "../../kit/quantities.js";
import type { ReportLine } from "./page-data.js";

type DecodedReport = NonNullable<DeliveredReports["newest"]>;

/** By LwM2M path, as docs/simulator.md has them. */
const meanings: ReadonlyMap<string, string> = new Map([
  ["/3424/0/1", "volume, m3"],
  ["/3424/0/4", "forward pulses"],
  ["/3424/1/4", "reverse pulses"],
  ["/3423/0/1", "volume, m3"],
  ["/3423/0/4", "forward pulses"],
  ["/3423/1/4", "reverse pulses"],
  ["/10266/0/6029", "pulses of each interval"],
  ["/19/0/0/0", "pulses of each interval"],
  ["/3/0/7", "battery, mV"],
  ["/3/0/11", "error code"],
  ["/3306/0/5850", "valve open"],
  ["/32769/0/0", "how the contact before ended"],
]);
const mostLines = 24;
const mostIntervals = 48;

/** A report in words; of a very long one, the first lines. */
export function reportLines(report: DecodedReport): ReportLine[] {
  const lines = report.records.map(({ path, epochSeconds, value }) => ({
    path,
    meaning: meanings.get(path) ?? "",
    time: timeText(epochSeconds),
    value: value instanceof Uint8Array ? intervalsText(report, value.byteLength) : String(value),
  }));
  if (lines.length <= mostLines) return lines;
  const left = { path: "", meaning: `and ${countText(lines.length - mostLines)} more`, time: "", value: "" };
  return [...lines.slice(0, mostLines), left];
}

function intervalsText({ blocks }: DecodedReport, bytes: number): string {
  const values = blocks.flatMap(({ deltas }) => deltas.map(({ forward }) => String(forward)));
  const told = values.slice(-mostIntervals).join(" ");
  return `${countText(values.length)} in ${bytes} bytes: ${values.length > mostIntervals ? "… " : ""}${told}`;
}
