import { daySeconds } from "../../hal/base/time-units.js";
import type { ChalkInstance } from "chalk";
import { type ChaosCampaignOptions, type ChaosCampaignResult, meterYears } from "../../sim/chaos/campaign.js";
import { type ChaosFaultKind, faultKinds } from "../../sim/chaos/chaos-options.js";
import { inWords } from "../../jig/attempt/words.js";
import { countOf, countText, durationText } from "../kit/quantities.js";
import { replayCommand, type ReplayPlace } from "./replay-command.js";

/** What `tally chaos --json` prints. */
export interface ChaosReport {
  readonly engine: string;
  /** Null for an ideal one. */
  readonly board: string | null;
  readonly seeds: number;
  readonly meterYears: number;
  readonly violations: number;
  readonly failingSeeds: readonly number[];
  /** Faults that struck, by kind. */
  readonly faults: Readonly<Record<ChaosFaultKind, number>>;
  readonly wallSeconds: number;
  /** The most pulses that one removal of the battery has cost. */
  readonly worstLossPulses: number;
}

/** Of the summary; values stand behind them. */
export const chaosLabelColumns = 18;
/** Failing seeds that are told in full. */
const mostShown = 10;

export function chaosReport(
  campaign: ChaosCampaignOptions,
  { seeds, violations, failing, faults, worstLossPulses }: ChaosCampaignResult,
  wallSeconds: number,
): ChaosReport {
  return {
    engine: campaign.engine,
    board: campaign.board?.name ?? null,
    seeds,
    meterYears: Math.round(meterYears(campaign) * 100) / 100,
    violations,
    failingSeeds: failing.map(({ seed }) => seed),
    faults: Object.fromEntries(
      faultKinds.map((kind) => [kind, faults.get(kind) ?? 0]),
    ) as ChaosReport["faults"],
    wallSeconds,
    worstLossPulses,
  };
}

/** The end of a campaign for people to read. */
export function chaosLines(
  campaign: ChaosCampaignOptions,
  result: ChaosCampaignResult,
  wallSeconds: number,
  { bold, dim, green, red }: ChalkInstance,
): string[] {
  const { seeds, failing, faults, worstLossPulses, uncountablePulses, excusedComplaints } = result;
  const row = (label: string, text: string): string => dim(label.padEnd(chaosLabelColumns)) + text;
  const struck = faultKinds.reduce((sum, kind) => sum + (faults.get(kind) ?? 0), 0);
  const isWhole = failing.length === 0;
  const verdict = isWhole
    ? green(`✔ ${countOf(seeds, "meter")}, ${countOf(struck, "fault")}, every promise kept`)
    : red(`✘ ${countText(failing.length)} of ${countOf(seeds, "meter")} broke a promise`);
  return [
    bold(verdict),
    "",
    row("simulated", `${meterYears(campaign).toFixed(1)} meter-years in ${wallSeconds.toFixed(1)} s`),
    row("each", durationText(campaign.days * daySeconds)),
    ...faultKinds.map((kind) => row(inWords(kind), countText(faults.get(kind) ?? 0))),
    row("worst loss", `${countOf(worstLossPulses, "pulse")} by one removal of the battery`),
    row("uncountable", `${countOf(uncountablePulses, "pulse")} without power or under a magnet`),
    row(
      "wrong dates",
      `${countOf(excusedComplaints, "complaint")} of the head-end, all from wrong network time`,
    ),
  ];
}

/** Each failing seed: what broke, how small it could be made, and the command that runs exactly that again. */
export function failureLines(
  { failing }: ChaosCampaignResult,
  place: ReplayPlace,
  { red }: ChalkInstance,
): string[] {
  const lines = failing.slice(0, mostShown).flatMap(({ seed, minimal }) => {
    const broken = minimal.result.violations.map(
      ({ checker, message, atSeconds }) =>
        `${red("violation:")} seed ${seed}, day ${(atSeconds / daySeconds).toFixed(3)}, the ${checker} checker: ${message}`,
    );
    return [...broken, `repeat it with: ${replayCommand(minimal, place)}`];
  });
  const others = failing.slice(mostShown).map(({ seed }) => seed);
  if (others.length > 0) lines.push(`further failing seeds: ${others.join(", ")}`);
  return lines;
}
