import { Random } from "../../sim/kernel/random.js";
import { type PlantedFault, unitFaults } from "../../sim/unit/unit-faults.js";

export interface PlannedUnit {
  /** From 0. */
  readonly index: number;
  readonly seed: number;
  readonly fault: PlantedFault | undefined;
}

/** Seeds of one campaign's units follow each other, and those of two campaigns are apart. */
const unitsPerCampaign = 100_000;
const campaigns = 20_000;

/**
 * Which units of a campaign have a fault, and which: exactly the share that was asked for, at places that the seed
 * decides, every kind in turn. A duplicate serial number is that of a good unit before it.
 */
export function planCampaign(units: number, faultRatePercent: number, seed: number): PlannedUnit[] {
  const random = new Random(seed).fork("campaign");
  const places = shuffled(
    Array.from({ length: units }, (_, index) => index),
    random,
  );
  const faulty = new Set(places.slice(0, Math.round((units * faultRatePercent) / 100)));
  let kinds: PlantedFault[] = [];
  return Array.from({ length: units }, (_, index) => {
    const plan = { index, seed: (seed % campaigns) * unitsPerCampaign + index + 1 };
    if (!faulty.has(index)) return { ...plan, fault: undefined };
    if (kinds.length === 0) kinds = shuffled(unitFaults, random);
    const canDuplicate = index > 0 && !faulty.has(index - 1);
    const at = kinds.findIndex((kind) => kind !== "duplicate-serial" || canDuplicate);
    // Where only the duplicate is left and can't be, the next round begins early.
    const [fault = "dead-reed"] =
      at >= 0
        ? kinds.splice(at, 1)
        : shuffled(unitFaults, random).filter((kind) => kind !== "duplicate-serial");
    return { ...plan, fault };
  });
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = random.integer(0, last);
    [mixed[last], mixed[other]] = [mixed[other] as Item, mixed[last] as Item];
  }
  return mixed;
}
