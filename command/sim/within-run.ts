import { daySeconds } from "../../hal/base/time-units.js";
import { daysText } from "../kit/quantities.js";
import { UsageError } from "../kit/usage-error.js";
import { networkWord } from "./network-option.js";
import type { SimArguments } from "./sim-arguments.js";

/**
 * What begins when the run is over would change nothing, and nobody be told. An outage may end later than the run, as one
 * that lasts to its end.
 * @throws {UsageError} for such a day.
 */
export function requireWithinRun(
  { outages, networkSituations, trace, days }: SimArguments,
  durationSeconds: number,
): void {
  const begun = [
    ...outages.map(({ fromDay, toDay }) => ({ fromDay, words: `--outage ${fromDay}..${toDay}` })),
    ...networkSituations.flatMap((situation) =>
      "fromDay" in situation
        ? [{ fromDay: situation.fromDay, words: `--network ${networkWord(situation)}` }]
        : [],
    ),
  ];
  const late = begun.find(({ fromDay }) => fromDay * daySeconds >= durationSeconds);
  if (late === undefined) return;
  const isCutByTrace = trace !== undefined && (days === undefined || days * daySeconds > durationSeconds);
  const end = `the run ends after ${daysText(durationSeconds)}`;
  throw new UsageError(
    isCutByTrace
      ? `${late.words}: ${end}, with its trace; name an earlier day`
      : `${late.words}: ${end}; name an earlier day, or give more --days`,
  );
}
