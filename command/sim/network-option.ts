import { decodeActive, encodeActive } from "../../sim/world/modem/timer-strings.js";
import type { NetworkSituation } from "../../sim/run/network-situations.js";
import { mostDays, parseNumber } from "../kit/option-values.js";
import { UsageError } from "../kit/usage-error.js";

/** What `--network` takes, as the help shows it. */
export const networkForms = Object.freeze([
  "no-time",
  "utc-clock",
  "dead-bearer@DAY",
  "reject=CAUSE",
  "t3324=SECONDS",
  "no-sim@DAY",
  "silent-head-end@DAY",
]);

/**
 * One of them, added to those before it.
 * @throws {UsageError} for anything else, and for a second one of a kind that a run can have once.
 */
export function parseNetwork(text: string, before: readonly NetworkSituation[]): NetworkSituation[] {
  const situation = situationOf(text);
  if (situation.kind !== "dead-bearer" && before.some(({ kind }) => kind === situation.kind))
    throw new UsageError(`--network ${situation.kind} is given twice`);
  return [...before, situation];
}

/** The word that stands for it on a command line. */
export function networkWord(situation: NetworkSituation): string {
  if ("fromDay" in situation) return `${situation.kind}@${situation.fromDay}`;
  if (situation.kind === "reject") return `reject=${situation.cause}`;
  return situation.kind === "t3324" ? `t3324=${situation.seconds}` : situation.kind;
}

function situationOf(text: string): NetworkSituation {
  const [kind = "", sign = "", value = ""] = text.split(/([@=])/);
  const number = parseNumber(value);
  const word = `${kind}${sign}`;
  switch (word) {
    case "no-time":
    case "utc-clock":
      return { kind: word };
    case "dead-bearer@":
    case "no-sim@":
    case "silent-head-end@":
      if (number >= 0 && number <= mostDays) return { kind: word.slice(0, -1) as "no-sim", fromDay: number };
      throw new UsageError(`--network ${kind} takes a day from 0 to ${mostDays} behind @, not "${value}"`);
    case "reject=":
      if (Number.isInteger(number) && number >= 1 && number <= 255) return { kind: "reject", cause: number };
      throw new UsageError(`--network reject takes an EMM cause from 1 to 255, not "${value}"`);
    case "t3324=":
      if (number >= 0 && decodeActive(encodeActive(number)) === number)
        return { kind: "t3324", seconds: number };
      throw new UsageError(
        "--network t3324 takes seconds that the timer can be set to: steps of 2 to 62, of 60 to 1860, of 360 to " +
          `11160, not "${value}"`,
      );
    default:
      throw new UsageError(`--network takes ${networkForms.join(", ")}, not "${text}"`);
  }
}
