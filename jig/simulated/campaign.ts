import type { EngineFactory } from "../../sim/chip/boundary/engine.js";
import type { Attempt } from "../attempt/attempt.js";
import type { SlotOptions } from "../station/run-slot.js";
import { runInSlot } from "../station/run-slot.js";
import { type PlannedUnit, planCampaign } from "./campaign-plan.js";
import { failedPhases, isCaught } from "./fault-phases.js";
import { simulatedUnit } from "./simulated-unit.js";

export interface UnitCampaignOptions {
  readonly slots: number;
  readonly units: number;
  readonly faultRatePercent: number;
  readonly seed: number;
  readonly engine: EngineFactory;
  readonly station: Omit<SlotOptions, "slot" | "place" | "onState">;
  readonly onProgress: (result: UnitCampaignResult) => void;
}

export interface UnitCampaignResult {
  readonly units: number;
  readonly passed: number;
  readonly failed: number;
  /** Ended as ERROR, TIMEOUT or ABORTED, or could not be stored. */
  readonly errors: number;
  readonly faultsPlanted: number;
  /** By the phase that should catch them, and only by that. */
  readonly faultsCaught: number;
  /** Good units that did not pass. */
  readonly falseFailures: number;
  /** The longest that a unit took through the whole recipe, in its own time. */
  readonly unitSeconds: number;
  /** What is wrong, a line each: faults not caught as they should be, good units failed, numbers given twice. */
  readonly problems: readonly string[];
}

/**
 * Takes many simulated units through the station, as fast as it goes. The next free slot takes the next unit; a unit
 * with its predecessor's serial number waits until that has been tested.
 */
export async function runUnitCampaign(options: UnitCampaignOptions): Promise<UnitCampaignResult> {
  const campaign = new Campaign(options);
  return campaign.run();
}

type Tally = { -readonly [Count in keyof UnitCampaignResult]: UnitCampaignResult[Count] };

class Campaign {
  #options: UnitCampaignOptions;
  #plan: readonly PlannedUnit[];
  #next = 0;
  #finished = new Map<number, Promise<void>>();
  #numbers = new Set<string>();
  #problems: string[] = [];
  #tally: Tally = {
    ...{ units: 0, passed: 0, failed: 0, errors: 0, faultsPlanted: 0, faultsCaught: 0, falseFailures: 0 },
    unitSeconds: 0,
    problems: this.#problems,
  };

  constructor(options: UnitCampaignOptions) {
    this.#options = options;
    this.#plan = planCampaign(options.units, options.faultRatePercent, options.seed);
  }

  async run(): Promise<UnitCampaignResult> {
    const slots = Array.from({ length: this.#options.slots }, async (_, index) => this.#runSlot(index + 1));
    await Promise.all(slots);
    return this.#tally;
  }

  async #runSlot(slot: number): Promise<void> {
    for (;;) {
      const planned = this.#plan[this.#next];
      if (!planned || this.#options.station.interrupt.aborted) return;
      this.#next++;
      const test = this.#test(slot, planned);
      this.#finished.set(planned.index, test);
      await test;
    }
  }

  async #test(slot: number, planned: PlannedUnit): Promise<void> {
    const { index, seed, fault } = planned;
    if (fault === "duplicate-serial") await this.#finished.get(index - 1);
    this.#finished.delete(index - 2 * this.#options.slots);
    const { engine, station, onProgress } = this.#options;
    let unitSeconds = 0;
    const unit = await simulatedUnit({
      seed,
      faults: fault === undefined ? [] : [fault],
      engine,
      onReleased: (seconds) => {
        unitSeconds = seconds;
      },
    });
    let reason: string | undefined;
    const attempt = await runInSlot(unit, {
      ...station,
      slot,
      place: "simulated",
      onState: (state) => {
        ({ reason } = state);
      },
    });
    this.#count(planned, attempt, unitSeconds, reason);
    onProgress(this.#tally);
  }

  #count(planned: PlannedUnit, attempt: Attempt | undefined, unitSeconds: number, reason = ""): void {
    const tally = this.#tally;
    const { index, fault } = planned;
    tally.units++;
    const outcome = attempt?.outcome ?? "ERROR";
    if (outcome === "PASS") {
      tally.passed++;
      tally.unitSeconds = Math.max(tally.unitSeconds, unitSeconds);
    }
    if (outcome === "FAIL") tally.failed++;
    if (outcome !== "PASS" && outcome !== "FAIL") tally.errors++;
    if (outcome === "PASS" && attempt) this.#checkNumbers(index, attempt);
    if (fault === undefined) {
      if (outcome === "PASS") return;
      tally.falseFailures++;
      this.#problems.push(`unit ${index + 1}, a good one: ${outcome}, ${reason}`);
      return;
    }
    tally.faultsPlanted++;
    if (attempt && isCaught(fault, attempt)) tally.faultsCaught++;
    else {
      const phases = attempt ? failedPhases(attempt).join(", ") : "";
      const why = reason === "" ? "" : `: ${reason}`;
      this.#problems.push(
        `unit ${index + 1} with ${fault}: ${outcome}, caught by ${phases === "" ? "no phase" : phases}${why}`,
      );
    }
  }

  /** The database holds this too; here it is seen from outside. */
  #checkNumbers(index: number, { unit }: Attempt): void {
    for (const number of [unit.serialNumber, unit.keyId, unit.imei, unit.iccid]) {
      if (number === undefined) continue;
      if (this.#numbers.has(number)) this.#problems.push(`unit ${index + 1}: ${number} was given twice`);
      this.#numbers.add(number);
    }
  }
}
