import type { AttemptStore, IssuedKeys } from "../attempt/attempt-store.js";
import type { Attempt } from "../attempt/attempt.js";
import type { Instruments } from "../instruments/instruments.js";
import { MeterClient } from "../meter/meter-client.js";
import type { UnitFacts } from "../phases/phase-context.js";
import type { BytePort } from "../ports/byte-port.js";
import type { Recipe } from "../recipe/recipe.js";
import type { SlotClock } from "../station/slot-clock.js";
import { AttemptClock } from "./attempt-clock.js";
import { runSequence } from "./sequence.js";

/** A unit in a slot. */
export interface MountedUnit {
  readonly port: BytePort;
  readonly clock: SlotClock;
  /** The slot's instruments, by the clock whose time limits hold. */
  readonly instruments: (clock: SlotClock) => Instruments;
  /** As scanned or typed. */
  readonly serialNumber?: string;
}

export interface AttemptOptions {
  /** From 1. */
  readonly slot: number;
  readonly station: string;
  readonly recipe: Recipe;
  readonly store: AttemptStore;
  /** The station's date. */
  readonly epochMilliseconds: () => number;
  /** Unique for ever. */
  readonly newId: () => string;
  /** Ends the attempt as ABORTED, after its teardown. */
  readonly interrupt: AbortSignal;
  /** Called before each try of a phase. */
  readonly onPhase: (name: string) => void;
}

/**
 * Takes one unit through the recipe and stores the attempt; it is stored when this returns. Whatever the unit, the
 * instruments or a phase do becomes the attempt's outcome.
 * @throws {StoreError} when the store can't take it.
 */
export async function runAttempt(mounted: MountedUnit, options: AttemptOptions): Promise<Attempt> {
  const { slot, station, recipe, store, epochMilliseconds, interrupt, onPhase } = options;
  const id = options.newId();
  const startedAtMilliseconds = epochMilliseconds();
  store.begin({ id, slot, recipe: recipe.identity, startedAtMilliseconds });
  const clock = new AttemptClock(mounted.clock);
  const unit: UnitFacts = mounted.serialNumber === undefined ? {} : { serialNumber: mounted.serialNumber };
  const secrets: { issued?: IssuedKeys } = {};
  const hands = {
    attemptId: id,
    meter: new MeterClient(mounted.port, clock),
    instruments: mounted.instruments(clock),
    store,
    clock,
    unit,
    secrets,
  };
  const sequence = await runSequence(recipe, { hands, epochMilliseconds, interrupt, onPhase });
  for (const key of Object.values(secrets.issued?.keys ?? {})) key.fill(0);
  const attempt: Attempt = {
    id,
    unit,
    recipe: recipe.identity,
    station,
    slot,
    startedAtMilliseconds,
    endedAtMilliseconds: epochMilliseconds(),
    ...sequence,
  };
  store.store(attempt);
  return attempt;
}
