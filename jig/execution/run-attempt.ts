import type { AttemptStore } from "../attempt/attempt-store.js";
import type { Attempt } from "../attempt/attempt.js";
import type { Instruments } from "../instruments/instruments.js";
import { MeterClient } from "../meter/meter-client.js";
import type { Memory, UnitFacts } from "../phases/phase-context.js";
import type { BytePort } from "../ports/byte-port.js";
import type { Recipe } from "../recipe/recipe.js";
import type { SlotClock } from "../attempt/slot-clock.js";
import { AttemptClock } from "./attempt-clock.js";
import { runSequence, type SequenceResult } from "./sequence.js";

/** A unit that is to be tested. */
export interface UnitInLine {
  /** As scanned or typed. */
  readonly serialNumber?: string;
  /** Connects it. @throws {StationFault} */
  mount(): Promise<MountedUnit>;
  /** Disconnects it, also after a failed `mount`. */
  release(): Promise<void>;
}

/** A unit in a slot. */
export interface MountedUnit {
  readonly port: BytePort;
  readonly clock: SlotClock;
  /** The slot's instruments, by the clock whose time limits hold. */
  readonly instruments: (clock: SlotClock) => Instruments;
}

export interface AttemptOptions {
  /** From 1. */
  readonly slot: number;
  readonly station: string;
  readonly recipe: Recipe;
  readonly store: AttemptStore;
  /** SHA-256 of the firmware image that units must have, hexadecimal; undefined where nobody said. */
  readonly imageHash: string | undefined;
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
export async function runAttempt(inLine: UnitInLine, options: AttemptOptions): Promise<Attempt> {
  const { slot, station, recipe, store, epochMilliseconds } = options;
  const id = options.newId();
  const startedAtMilliseconds = epochMilliseconds();
  store.begin({ id, slot, recipe: recipe.identity, startedAtMilliseconds });
  const { serialNumber } = inLine;
  const unit: UnitFacts = serialNumber === undefined ? {} : { serialNumber };
  const result = await inLine
    .mount()
    .then(async (mounted) => testUnit(mounted, id, unit, options), outcomeOfMount)
    .finally(async () => inLine.release());
  const attempt: Attempt = {
    id,
    unit,
    recipe: recipe.identity,
    station,
    slot,
    startedAtMilliseconds,
    endedAtMilliseconds: epochMilliseconds(),
    ...result,
  };
  store.store(attempt);
  return attempt;
}

async function testUnit(
  mounted: MountedUnit,
  attemptId: string,
  unit: UnitFacts,
  { recipe, store, epochMilliseconds, interrupt, onPhase, imageHash }: AttemptOptions,
): Promise<SequenceResult> {
  const clock = new AttemptClock(mounted.clock);
  const memory: Memory = {};
  const hands = {
    attemptId,
    meter: new MeterClient(mounted.port, clock),
    instruments: mounted.instruments(clock),
    store,
    clock,
    unit,
    memory,
    imageHash,
  };
  const result = await runSequence(recipe, { hands, epochMilliseconds, interrupt, onPhase });
  for (const key of Object.values(memory.issued?.keys ?? {})) key.fill(0);
  return result;
}

/** A unit that can't be reached is the station's trouble. */
function outcomeOfMount(error: unknown): SequenceResult {
  const reason = error instanceof Error ? error.message : String(error);
  return { outcome: "ERROR", reason, phases: [] };
}
