import { Life } from "./life.js";
import { MeterState } from "./meter-state.js";
import { provenSettings } from "./proven-settings.js";
import { createAgeingScript, createScript, mostPulsesPerSecond, type Script } from "./script.js";

/** A life that the proof cuts into. */
export interface Workload {
  readonly name: string;
  /** Rounds of ageing before it, none of them cut; undefined for a meter that has never run. */
  readonly ageingRounds: number | undefined;
  /** How many of them change a setting; undefined for all. */
  readonly settingRounds?: number;
  readonly script: Script;
}

/** Pulses that pass while the meter is awake, at most. */
const pulsesWhileAwake = 4;

/**
 * What a battery removal costs at most, in pulses: those that bring a checkpoint about, or at high flow those that
 * pass until the next one is allowed, and those that pass in the run that stores it.
 */
export const mostLossPulses =
  Math.max(provenSettings.checkpointPulses, mostPulsesPerSecond * provenSettings.checkpointMinimumSeconds) +
  pulsesWhileAwake;

/**
 * - `tiny`: a few steps of a new meter, for a quick look.
 * - `new`: the first steps of a meter's life, from blank flash.
 * - `long`: begins where most rings are about to erase their oldest sector, and goes on until they have all gone
 *   round.
 * - `short`: a month in which most rings erase a sector.
 * - `flips`: what stands before a record whose bits are flipped.
 *
 * A start with the power reads all of the settings' log. In the two that are cut most it comes to the end of its first sector when the
 * others come to the end of their second; the settings' wear sees to it that it goes round.
 */
export const workloads: readonly Workload[] = Object.freeze([
  { name: "tiny", ageingRounds: undefined, script: createScript("tiny", 6) },
  { name: "new", ageingRounds: undefined, script: createScript("new", 40) },
  { name: "long", ageingRounds: 215, settingRounds: 95, script: createScript("long", 655) },
  { name: "short", ageingRounds: 222, settingRounds: 95, script: createAgeingScript(3) },
  { name: "flips", ageingRounds: 92, script: createScript("flips", 6) },
]);

/** @throws {RangeError} when there is no such workload. */
export function findWorkload(name: string): Workload {
  const found = workloads.find((workload) => workload.name === name);
  if (!found) throw new RangeError(`there is no workload "${name}"`);
  return found;
}

/** The states that workloads begin with; each is made once. */
export class Beginnings {
  #aged = new Map<string, MeterState>();

  /** Brings `state` to where `workload` begins. */
  async prepare(state: MeterState, { ageingRounds, settingRounds }: Workload): Promise<void> {
    state.copyFrom(
      ageingRounds === undefined ? new MeterState() : await this.#agedBy(ageingRounds, settingRounds),
    );
    state.mostLossPulses = mostLossPulses;
  }

  async #agedBy(rounds: number, settingRounds = rounds): Promise<MeterState> {
    const name = `${rounds}/${settingRounds}`;
    const known = this.#aged.get(name);
    if (known) return known;
    const state = new MeterState();
    const life = new Life(state, createAgeingScript(rounds, settingRounds));
    await life.begin();
    await life.advance(Infinity);
    state.step = 0;
    this.#aged.set(name, state);
    return state;
  }
}
