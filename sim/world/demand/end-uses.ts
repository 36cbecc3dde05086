import type { Random } from "../../kernel/random.js";

/** Water running at a constant rate for a while. */
export interface Draw {
  /** After the start of the use. */
  readonly delayMilliseconds: number;
  readonly durationMilliseconds: number;
  readonly millilitresPerSecond: number;
}

/** How likely a use is in each part of a person's day, per hour and relative to `atHome`. */
export interface PartOfDayWeights {
  readonly asleep: number;
  readonly gettingUp: number;
  readonly atHome: number;
  readonly goingToBed: number;
}

export interface EndUse {
  /** Mean number of uses per person and day. */
  readonly usesPerDay: number;
  /** At most once a day rather than Poisson distributed. */
  readonly onceADay: boolean;
  /** Only in the months when gardens are watered. */
  readonly summerOnly: boolean;
  readonly weights: PartOfDayWeights;
  /** The water of one use. */
  draw(random: Random): Draw[];
}

const always: PartOfDayWeights = { asleep: 0.08, gettingUp: 3, atHome: 1, goingToBed: 1.5 };
const washing: PartOfDayWeights = { asleep: 0, gettingUp: 8, atHome: 0.5, goingToBed: 2 };
const meals: PartOfDayWeights = { asleep: 0.03, gettingUp: 2, atHome: 1, goingToBed: 0.5 };
const chores: PartOfDayWeights = { asleep: 0, gettingUp: 0.6, atHome: 1, goingToBed: 0.3 };

/**
 * The end uses of a household in the manner of SIMDEUM: E. J. M. Blokker, J. H. G. Vreeburg and J. C. van Dijk,
 * "Simulating residential water demand with a stochastic end-use model", J. Water Resour. Plann. Manage. 136(1),
 * 2010. From there: toilet 5.9 uses a day, cisterns of 6 to 9 L filled at 0.042 L/s; shower 0.7 a day for 8.5 min
 * at 0.142 L/s.
 *
 * From the survey of Dutch homes that TNS NIPO made for VEWIN ("Watergebruik thuis 2004", summary of 15 February
 * 2005): a bath once in twenty days, 18 L a dishwasher run, in all 123.8 L per person and day, of it 35 % for the
 * shower, 29 % for the toilet and 15 % for the washing machine. The taps, the garden, how often machines run, what the
 * washing machine takes, every spread and the weights over the day are our own choice, made so that the sum comes
 * near the survey's.
 */
export const endUses: readonly EndUse[] = [
  // Toilet: three flushes in four from a 6 L cistern or with a flush interrupter, the rest 9 L.
  use(5.9, always, (random) => [fill(random.chance(0.75) ? 6 : 9, 42)]),
  // Shower.
  { ...use(0.7, washing, (random) => [run(seconds(random, 510, 0.4), 142)]), onceADay: true },
  // Bath.
  use(0.05, chores, () => [fill(100, 200)]),
  // Bathroom tap.
  use(4.1, washing, (random) => [run(seconds(random, 20, 0.6), 42)]),
  // Kitchen tap.
  use(12.6, meals, (random) => [run(seconds(random, 10, 0.8), 83)]),
  // Washing machine: the main wash and three rinses.
  use(0.29, chores, () => fills([0, 45, 60, 75], 12.5, 167)),
  // Dishwasher.
  use(0.17, chores, () => fills([0, 20, 60, 75], 4.5, 60)),
  // Outside tap.
  { ...use(0.12, chores, (random) => [run(seconds(random, 300, 0.8), 100)]), summerOnly: true },
];

function use(usesPerDay: number, weights: PartOfDayWeights, draw: EndUse["draw"]): EndUse {
  return { usesPerDay, onceADay: false, summerOnly: false, weights, draw };
}

/** A log-normal duration with the given mean; `spread` is the standard deviation of its logarithm. */
function seconds(random: Random, mean: number, spread: number): number {
  return mean * Math.exp(random.normal(-0.5 * spread * spread, spread));
}

function run(durationSeconds: number, millilitresPerSecond: number, delayMilliseconds = 0): Draw {
  const durationMilliseconds = Math.round(durationSeconds * 1000);
  return { delayMilliseconds, durationMilliseconds, millilitresPerSecond };
}

function fill(litres: number, millilitresPerSecond: number, delayMilliseconds = 0): Draw {
  return run((litres * 1000) / millilitresPerSecond, millilitresPerSecond, delayMilliseconds);
}

function fills(delaysMinutes: number[], litres: number, millilitresPerSecond: number): Draw[] {
  return delaysMinutes.map((minutes) => fill(litres, millilitresPerSecond, minutes * 60_000));
}
