import { type AttemptStore, type IdentityKind, IdentityTaken } from "../attempt/attempt-store.js";
import { StationFault, UnitFault } from "../attempt/faults.js";
import type { UnitFacts } from "./phase-context.js";

/** The chip's identity, which comes before all others. @throws {StationFault} when the recipe has not asked for it yet. */
export function hardwareIdOf(unit: UnitFacts): string {
  if (unit.hardwareId !== undefined) return unit.hardwareId;
  throw new StationFault("the unit is not identified; the recipe needs an identify phase before this one");
}

/** Takes an identity for the unit. @throws {UnitFault} when another unit has it. */
export function claim(
  store: Pick<AttemptStore, "claim">,
  unit: UnitFacts,
  kind: IdentityKind,
  value: string,
): void {
  const hardwareId = hardwareIdOf(unit);
  try {
    store.claim(hardwareId, kind, value);
  } catch (error) {
    if (error instanceof IdentityTaken) throw new UnitFault(error.message, { cause: error });
    throw error;
  }
}
