import type { Attempt } from "../attempt/attempt.js";

/** Which unit an attempt was at and by which recipe, as rows have it, in the order of the tables' columns. */
export function identityCells({ unit, recipe }: Attempt): (string | null)[] {
  return [
    unit.hardwareId ?? null,
    unit.serialNumber ?? null,
    unit.imei ?? null,
    unit.iccid ?? null,
    unit.keyId ?? null,
    unit.firmwareVersion ?? null,
    unit.firmwareHash ?? null,
    recipe.name,
    recipe.version,
    recipe.hash,
  ];
}
