import type { Attempt } from "../attempt/attempt.js";
import type { RecordedAttempt, RecordedKeys } from "../records/record-reader.js";
import { toStored } from "../records/stored-attempt.js";
import { type Analysis, analyse } from "./analysis.js";
import type { Series } from "./series.js";

/**
 * One JSON object: `summary` with yield, Pareto and SPC; `attempts` as they are stored, with their place in the
 * chain; `keys` as only the head-end can open them. Times are epoch milliseconds, attachments base64.
 */
export function* jsonReport(
  attempts: Iterable<RecordedAttempt>,
  keys: Iterable<RecordedKeys>,
): Generator<string> {
  yield '{"format":"tally-jig-report","version":1,\n"attempts":[';
  const seen: Attempt[] = [];
  for (const { sequence, digest, attempt } of attempts) {
    yield `${seen.length === 0 ? "" : ","}\n${JSON.stringify({ sequence, digest, ...toStored(attempt) })}`;
    seen.push(attempt);
  }
  yield '\n],\n"keys":[';
  let separator = "\n";
  for (const entry of keys) {
    yield `${separator}${JSON.stringify({ ...entry, type: undefined })}`;
    separator = ",\n";
  }
  yield `\n],\n"summary":${JSON.stringify(summaryOf(analyse(seen)), null, 1)}}\n`;
}

function summaryOf({ badUnits, series, ...rest }: Analysis): object {
  return { ...rest, badUnits: badUnits.map(({ name }) => name), series: series.map(summaryOfSeries) };
}

/** Without the values, which stand in the attempts. */
function summaryOfSeries({ values, slots, ...rest }: Series): object {
  return {
    ...rest,
    count: values.length,
    slots: slots.map(({ slot, capability, chart }) => ({
      slot,
      capability,
      chart: {
        mean: chart.mean,
        lowerLimit: chart.lowerLimit,
        upperLimit: chart.upperLimit,
        meanRange: chart.meanRange,
        rangeLimit: chart.rangeLimit,
        signals: chart.signals.length,
        rangeSignals: chart.rangeSignals.length,
      },
    })),
  };
}
