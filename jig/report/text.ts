import { inWords } from "../attempt/words.js";
import type { RecordedAttempt } from "../records/record-reader.js";
import { analyse } from "./analysis.js";
import { lookAt } from "./look-at.js";
import { countWithNoun, percentText, minuteText } from "./number-text.js";

/** The report in a few lines for a terminal. */
export function* textReport(recorded: Iterable<RecordedAttempt>): Generator<string> {
  const analysis = analyse([...recorded].map(({ attempt }) => attempt));
  const { yield: figures, slots, failures, stationFailures } = analysis;
  const { FAIL, ERROR, TIMEOUT, ABORTED } = figures.attemptsByOutcome;
  if (figures.attempts === 0) {
    yield "no attempt has been stored yet\n";
    return;
  }
  yield `${countWithNoun(figures.attempts, "attempt")} of ${countWithNoun(figures.units, "unit")}, `;
  yield `${minuteText(analysis.fromMilliseconds)} to ${minuteText(analysis.toMilliseconds)} UTC\n`;
  yield `first pass  ${percentText(figures.firstPassShare)} (${figures.firstPassUnits} of ${figures.units})\n`;
  yield `final       ${percentText(figures.finalShare)} (${figures.finalUnits} of ${figures.units})\n`;
  yield `attempts    ${FAIL} failed, ${ERROR} errors, ${TIMEOUT} timeouts, ${ABORTED} aborted\n`;
  for (const slot of slots)
    yield `slot ${String(slot.slot).padEnd(7)}${percentText(slot.firstPassShare).padStart(7)} first pass of ${slot.units}\n`;
  if (failures.length > 0) yield "\nwhat made units fail\n";
  for (const { count, cause } of failures) yield `${String(count).padStart(6)}  ${inWords(cause)}\n`;
  if (stationFailures.length > 0) yield "\nwhere the station failed\n";
  for (const { count, cause } of stationFailures) yield `${String(count).padStart(6)}  ${cause}\n`;
  const looks = lookAt(analysis);
  if (looks.length > 0) yield `\n${looks.join("\n")}\n`;
}
