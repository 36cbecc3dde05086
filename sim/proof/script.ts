import type { SettingEntry } from "../../firmware/settings/setting-entry.js";
import { settingTable } from "../../firmware/settings/setting-table.js";
import { Random } from "../kernel/random.js";

/** How an application that runs is ended from outside. */
export const resetKinds = Object.freeze(["power", "glitch", "brown-out", "damage", "crash"] as const);
/**
 * - `power`: the battery is gone, and with it all but flash.
 * - `glitch`: as `power`, but the retained memory happens to keep its content.
 * - `brown-out`: the chip is reset, the low-power domain goes on: pulses are counted, retained memory is kept.
 * - `damage`: as `brown-out`, but the retained memory does not come through; only where something was stored since power came.
 * - `crash`: the application throws something, and is restarted. Then a duty throws something too.
 */
export type ResetKind = (typeof resetKinds)[number];

/** What happens to a meter next. */
export type Step =
  /** Water flows: so many pulses, evenly over so many seconds. */
  | { readonly kind: "flow"; readonly forward: number; readonly reverse: number; readonly seconds: number }
  /** Nothing happens until so long after the end of the present hour, day or month. */
  | { readonly kind: "wait"; readonly until: "hour" | "day" | "month"; readonly lateSeconds: number }
  /** A contact with the head-end, which sets the clock; an acknowledgement may fail to arrive. */
  | { readonly kind: "contact"; readonly pulses: number; readonly isAcknowledged: boolean }
  | { readonly kind: "setting"; readonly id: number; readonly value: number }
  /** Somebody works at the meter: as many settings, moves of the valve and contacts, all before it sleeps again. */
  | { readonly kind: "visit"; readonly rounds: number }
  | { readonly kind: "valve"; readonly isOpen: boolean }
  | { readonly kind: "supply"; readonly millivolts: number }
  | { readonly kind: "reset"; readonly reset: ResetKind };

export type Script = readonly Step[];

/** Settings that the firmware under proof does not itself depend on, with room for every value that a script gives them. */
const spareSettings: readonly SettingEntry[] = Object.freeze([
  settingTable.reportWindowStartSeconds,
  settingTable.retrySeconds,
  settingTable.registrationLifetimeSeconds,
  settingTable.periodicUpdateSeconds,
]);

/** Pulses come no faster than this: 2 litres a second is 7.2 m3/h, a burst pipe. */
export const mostPulsesPerSecond = 2;

const lowMillivolts = 2700;
const healthyMillivolts = 3600;

/** A life of `length` steps, in which everything that writes to flash happens time and again. */
export function createScript(seed: string, length: number): Script {
  const random = new Random(seed);
  const steps: Step[] = [];
  for (let index = 0; index < length; index++) steps.push(drawStep(random));
  return steps;
}

/**
 * Many steps that each give every ring a record, and nothing unusual; the settings get theirs in the last
 * `settingRounds`.
 */
export function createAgeingScript(rounds: number, settingRounds = rounds): Script {
  const steps: Step[] = [];
  for (let round = 0; round < rounds; round++) {
    steps.push({ kind: "wait", until: "month", lateSeconds: 0 });
    steps.push({ kind: "contact", pulses: round % 3, isAcknowledged: true });
    if (round >= rounds - settingRounds) steps.push(settingStep(round % 4, round));
    steps.push({ kind: "valve", isOpen: round % 2 === 0 });
    steps.push({ kind: "flow", forward: 12, reverse: 1, seconds: 60 });
  }
  return steps;
}

/** A busy life at its shortest: every ring but the slowest gets records as fast as it can. */
export function createWearScript(rounds: number): Script {
  const steps: Step[] = [];
  for (let round = 0; round < rounds; round++) {
    steps.push({ kind: "wait", until: "day", lateSeconds: 0 });
    steps.push({ kind: "contact", pulses: round % 3, isAcknowledged: true });
    steps.push({ kind: "wait", until: "hour", lateSeconds: 0 });
    steps.push({ kind: "valve", isOpen: round % 2 === 0 });
    steps.push({ kind: "wait", until: "hour", lateSeconds: 0 });
    steps.push({ kind: "valve", isOpen: round % 2 === 1 });
    steps.push(settingStep(round % 4, round));
    steps.push({ kind: "flow", forward: 10, reverse: 1, seconds: 60 });
  }
  return steps;
}

/** The battery goes out again and again, each time soon after a checkpoint. */
export function createPowerCycleScript(rounds: number): Script {
  const steps: Step[] = [];
  for (let round = 0; round < rounds; round++) {
    steps.push({ kind: "flow", forward: 12, reverse: 1, seconds: 60 });
    steps.push({ kind: "reset", reset: "power" });
  }
  return steps;
}

function drawStep(random: Random): Step {
  const choice = random.next();
  if (choice < 0.3) return drawFlow(random);
  if (choice < 0.56) return drawWait(random);
  if (choice < 0.7)
    return { kind: "contact", pulses: random.integer(0, 4), isAcknowledged: random.chance(0.8) };
  if (choice < 0.8) return drawSetting(random);
  if (choice < 0.89) return { kind: "valve", isOpen: random.chance(0.5) };
  if (choice < 0.93)
    return { kind: "supply", millivolts: random.chance(0.3) ? lowMillivolts : healthyMillivolts };
  if (choice < 0.97) return { kind: "reset", reset: "brown-out" };
  return { kind: "reset", reset: random.chance(0.7) ? "power" : "glitch" };
}

function drawFlow(random: Random): Step {
  const forward = random.integer(0, 25);
  const reverse = random.chance(0.2) ? random.integer(1, 5) : 0;
  const fastestSeconds = Math.ceil((forward + reverse) / mostPulsesPerSecond);
  return { kind: "flow", forward, reverse, seconds: random.integer(fastestSeconds, 4 * fastestSeconds + 5) };
}

function drawWait(random: Random): Step {
  const choice = random.next();
  const until = choice < 0.4 ? "hour" : choice < 0.75 ? "day" : "month";
  return { kind: "wait", until, lateSeconds: random.chance(0.8) ? 0 : random.integer(1, 200) };
}

function drawSetting(random: Random): Step {
  return settingStep(random.integer(0, spareSettings.length - 1), random.integer(0, 100));
}

function settingStep(place: number, aboveLowest: number): Step {
  const { id, lowest } = spareSettings[place] as SettingEntry;
  return { kind: "setting", id, value: lowest + aboveLowest };
}
