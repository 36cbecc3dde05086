import type { Difference } from "./checkers.js";
import type { RunSample } from "./run-book.js";

/** What no day of a meter may exceed, whatever the network does. */
export interface DailyBound {
  readonly name: string;
  /** Behind the figure, as in `7.2 mAh beside sleep`. */
  readonly unit: string;
  readonly most: number;
  readonly digits: number;
  /** Since the beginning of the run. */
  readonly read: (sample: RunSample) => number;
}

/** What the board draws whatever its meter does, and what the flow costs where each contact wakes a stub. */
const loadsApart: readonly string[] = Object.freeze(["sleep", "wake stub"]);

export const dailyBounds: readonly DailyBound[] = Object.freeze([
  /** Of all but the board's sleep: some 1.3 on a normal day, and at most 5 more in any situation of the network. */
  { name: "charge", unit: "mAh beside sleep", most: 7, digits: 2, read: chargeOf },
  /** Some 90 on a normal day. Contacts of 5 min each, and a day's tries are few. */
  { name: "awake", unit: "s awake", most: 720, digits: 0, read: ({ awakeSeconds }) => awakeSeconds },
  /** A reset of its own is a defect, or a supply that fails. */
  { name: "resets", unit: "resets of the chip", most: 0, digits: 0, read: ({ resets }) => resets },
  /** None on a normal day; one with each try to find a SIM. */
  {
    name: "modem resets",
    unit: "starts of the modem",
    most: 8,
    digits: 0,
    read: ({ modemResets }) => modemResets,
  },
  /** 11,000 erases in fifteen years, of the 100,000 that flash is rated for. */
  {
    name: "wear",
    unit: "erases of the worst sector",
    most: 2,
    digits: 0,
    read: ({ sectorErases }) => sectorErases,
  },
  /** At most 3 on a normal day. The log has room for half a year of such days. */
  { name: "events", unit: "events", most: 12, digits: 0, read: ({ events }) => events },
]);

/**
 * For each bound that was broken, the worst day.
 * @param days samples a day apart at most, from the start on
 */
export function brokenBounds(days: readonly RunSample[], startEpochSeconds: number): Difference[] {
  const broken: Difference[] = [];
  for (const { unit, most, digits, read } of dailyBounds) {
    let worst = most;
    let worstSeconds: number | undefined;
    for (const [index, sample] of days.entries()) {
      const before = days[index - 1];
      if (!before || read(sample) - read(before) <= worst) continue;
      worst = read(sample) - read(before);
      worstSeconds = before.atSeconds;
    }
    if (worstSeconds !== undefined)
      broken.push({
        checker: "bounds",
        message: `${worst.toFixed(digits)} ${unit} in a day, at most ${most} may`,
        epochSeconds: startEpochSeconds + worstSeconds,
      });
  }
  return broken;
}

function chargeOf({ milliampereHours }: RunSample): number {
  let sum = 0;
  for (const [name, charge] of milliampereHours) if (!loadsApart.includes(name)) sum += charge;
  return sum;
}
