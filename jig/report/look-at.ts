import { inWords } from "../attempt/words.js";
import type { Analysis } from "./analysis.js";
import { leastCapability } from "./capability.js";
import { countWithNoun, indexText, percentText } from "./number-text.js";
import { isSlotLow } from "./yield.js";

/** What somebody in charge of the line should look at first, a line each; none when nothing stands out. */
export function lookAt({ yield: figures, slots, failures, series }: Analysis): string[] {
  const [worst] = failures;
  const weak = series
    .filter(({ capability }) => (capability?.cpk ?? Infinity) < leastCapability)
    .sort((one, other) => (one.capability?.cpk ?? 0) - (other.capability?.cpk ?? 0))
    .map(
      ({ phase, measurement, capability }) =>
        `${phase} / ${inWords(measurement)} (${indexText(capability?.cpk ?? null)})`,
    );
  const low = slots.filter((slot) => isSlotLow(slot, figures));
  return [
    ...(worst
      ? [`Most frequent failure: ${inWords(worst.cause)}, ${countWithNoun(worst.count, "time")}.`]
      : []),
    ...(weak.length > 0 ? [`Cpk below ${leastCapability}: ${weak.join(", ")}.`] : []),
    ...low.map(
      ({ slot, firstPassShare }) =>
        `Slot ${slot} has a first-pass yield of ${percentText(firstPassShare)}, less than chance explains.`,
    ),
  ];
}
