import { daySeconds as day } from "../../hal/base/time-units.js";
import type { Range } from "../world/network/network-conditions.js";

/** Every kind of fault, each with a stream of chance of its own: dropping one leaves the others as they were. */
export const faultKinds = Object.freeze([
  "powerCuts",
  "resets",
  "flashFaults",
  "modemFreezes",
  "modemGarbage",
  "simLosses",
  "datagramFaults",
  "outages",
  "headEndRestarts",
  "clockJumps",
  "crystalDrift",
  "reedBounce",
  "magnets",
  "reverseFlow",
  "valveJams",
] as const);
export type ChaosFaultKind = (typeof faultKinds)[number];

/** How often a kind of fault strikes. */
export interface FaultOdds {
  /** Odds that a seed knows this kind at all, 0 to 1. */
  readonly seedOdds: number;
  /** How many a day; one number per seed, all orders of magnitude alike, so some seeds are gentle and some brutal. */
  readonly perDay: Range;
}

/**
 * Everything that chance decides in a chaos run, in one place. Ranges of durations and rates are drawn evenly over
 * their orders of magnitude unless said otherwise; odds run from 0 to 1.
 */
export interface ChaosOptions {
  /** At the end of a run, so many days stay without faults, for everything to converge. */
  readonly calmDays: number;
  /** Who live in the household; drawn evenly. */
  readonly persons: Range;
  /** A fault that waits for a report strikes within this time after the modem's port was opened; drawn evenly. */
  readonly reportSeconds: Range;
  /** The battery is taken out and put back. */
  readonly powerCuts: FaultOdds & {
    readonly offSeconds: Range;
    /** Odds of the moments: inside a flash operation, between two calls of the HAL, while the meter reports; else any. */
    readonly flashOdds: number;
    readonly callOdds: number;
    readonly reportOdds: number;
    /** Odds that the supply warns first, and for how long it then holds. */
    readonly warningOdds: number;
    readonly warningMilliseconds: Range;
    /** Odds, taken again each time, that another cut follows inside the recovery from the last one, */
    readonly nestedOdds: number;
    /** and that it strikes inside a flash operation; else between two calls. */
    readonly nestedFlashOdds: number;
    /** Flash operations, or calls, that are let pass before one is cut; at most. */
    readonly mostPassed: number;
  };
  /** Watchdog, brown-out and software resets: the low-power domain keeps its power. */
  readonly resets: FaultOdds & {
    readonly flashOdds: number;
    readonly callOdds: number;
    readonly reportOdds: number;
    readonly mostPassed: number;
  };
  /** A sector goes bad, at most one of each partition. */
  readonly flashFaults: FaultOdds & {
    /** Odds that it does so at once, with what it holds, and not at its next erase. */
    readonly immediateOdds: number;
  };
  /** The modem's firmware hangs until it is reset. */
  readonly modemFreezes: FaultOdds & { readonly reportOdds: number };
  /** Bytes out of nowhere on the modem's UART while a report is under way. */
  readonly modemGarbage: FaultOdds & { readonly mostBytes: number };
  /** The SIM loses its contacts. */
  readonly simLosses: FaultOdds & { readonly durationSeconds: Range };
  /** Loss, duplication and delay (and so reordering) of datagrams; drawn evenly, once per seed. */
  readonly datagramFaults: {
    readonly seedOdds: number;
    readonly lossOdds: Range;
    readonly duplicationOdds: Range;
    readonly longestDelaySeconds: Range;
  };
  /** No network at all. */
  readonly outages: FaultOdds & { readonly durationSeconds: Range };
  /** The head-end forgets registrations and exchanges, not its database. */
  readonly headEndRestarts: FaultOdds & { readonly reportOdds: number };
  /** The network tells a wrong time for a while. */
  readonly clockJumps: FaultOdds & {
    readonly offsetSeconds: Range;
    readonly durationSeconds: Range;
    /** Odds that the meter's own clock loses its power instead: a battery out for a blink. */
    readonly clockLossOdds: number;
  };
  /** How far the meter's crystal is off, either way, once per seed; it stays so in the calm days. */
  readonly crystalDrift: { readonly seedOdds: number; readonly partsPerMillion: Range };
  /** How long the reeds bounce at most, once per seed; it stays so in the calm days. */
  readonly reedBounce: { readonly seedOdds: number; readonly longestMicroseconds: Range };
  /** A magnet is held on the case. */
  readonly magnets: FaultOdds & { readonly durationSeconds: Range };
  /** Water flows backwards for some pulses; drawn evenly. */
  readonly reverseFlow: FaultOdds & { readonly pulses: Range };
  /** The valve's ball sticks, where it is open by these odds, else anywhere. */
  readonly valveJams: FaultOdds & { readonly durationSeconds: Range; readonly openOdds: number };
}

const hour = 3600;

/** Some seeds are left nearly in peace, others get a battery removal every few hours on top of everything else. */
export const defaultChaosOptions: ChaosOptions = Object.freeze({
  calmDays: 4,
  persons: { low: 1, high: 2 },
  reportSeconds: { low: 0, high: 60 },
  powerCuts: {
    seedOdds: 0.6,
    perDay: { low: 0.03, high: 3 },
    offSeconds: { low: 0.05, high: 3 * day },
    flashOdds: 0.4,
    callOdds: 0.2,
    reportOdds: 0.2,
    warningOdds: 0.25,
    warningMilliseconds: { low: 1, high: 50 },
    nestedOdds: 0.3,
    nestedFlashOdds: 0.6,
    mostPassed: 12,
  },
  resets: {
    seedOdds: 0.6,
    perDay: { low: 0.03, high: 10 },
    flashOdds: 0.2,
    callOdds: 0.2,
    reportOdds: 0.4,
    mostPassed: 40,
  },
  flashFaults: { seedOdds: 0.3, perDay: { low: 0.05, high: 0.5 }, immediateOdds: 0.3 },
  modemFreezes: { seedOdds: 0.4, perDay: { low: 0.03, high: 1.5 }, reportOdds: 0.7 },
  modemGarbage: { seedOdds: 0.4, perDay: { low: 0.1, high: 8 }, mostBytes: 80 },
  simLosses: {
    seedOdds: 0.25,
    perDay: { low: 0.03, high: 0.5 },
    durationSeconds: { low: 10, high: 3 * day },
  },
  datagramFaults: {
    seedOdds: 0.6,
    lossOdds: { low: 0, high: 0.5 },
    duplicationOdds: { low: 0, high: 0.5 },
    longestDelaySeconds: { low: 2, high: 60 },
  },
  outages: { seedOdds: 0.5, perDay: { low: 0.03, high: 1 }, durationSeconds: { low: 30, high: 21 * day } },
  headEndRestarts: { seedOdds: 0.5, perDay: { low: 0.03, high: 4 }, reportOdds: 0.6 },
  clockJumps: {
    seedOdds: 0.3,
    perDay: { low: 0.03, high: 0.5 },
    offsetSeconds: { low: 5, high: 10 * day },
    durationSeconds: { low: hour, high: 3 * day },
    clockLossOdds: 0.3,
  },
  crystalDrift: { seedOdds: 0.6, partsPerMillion: { low: 1, high: 150 } },
  // The debounce time is 5 ms: a contact that bounces for less is a healthy one.
  reedBounce: { seedOdds: 0.4, longestMicroseconds: { low: 900, high: 4_500 } },
  magnets: { seedOdds: 0.3, perDay: { low: 0.03, high: 1 }, durationSeconds: { low: 2, high: day } },
  reverseFlow: { seedOdds: 0.4, perDay: { low: 0.1, high: 4 }, pulses: { low: 1, high: 40 } },
  valveJams: {
    seedOdds: 0.25,
    perDay: { low: 0.03, high: 0.3 },
    durationSeconds: { low: 10, high: 10 * day },
    openOdds: 0.5,
  },
});

/** Some kinds of faults, in the order of `faultKinds`. */
export type FaultSelection = ReadonlySet<ChaosFaultKind>;
export const allFaults: FaultSelection = new Set(faultKinds);
