const decimal = /^\+?(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,2}))?$/i;

/** Decimals kept of a volume in its own unit; more than any logger writes. */
const decimals = 18;

/**
 * Nanolitres per unit, all exact: the US gallon is 231 cubic inches and the foot 0.3048 m (NIST SP 811).
 */
const nanolitresPerUnit = new Map<string, bigint>([
  ["l", 1_000_000_000n],
  ["litre", 1_000_000_000n],
  ["litres", 1_000_000_000n],
  ["liter", 1_000_000_000n],
  ["liters", 1_000_000_000n],
  ["ml", 1_000_000n],
  ["m3", 1_000_000_000_000n],
  ["m³", 1_000_000_000_000n],
  ["m^3", 1_000_000_000_000n],
  ["gal", 3_785_411_784n],
  ["gals", 3_785_411_784n],
  ["gallon", 3_785_411_784n],
  ["gallons", 3_785_411_784n],
  ["us gal", 3_785_411_784n],
  ["ft3", 28_316_846_592n],
  ["ft³", 28_316_846_592n],
  ["ft^3", 28_316_846_592n],
]);

export const knownVolumeUnits = "L, mL, m3, gal (US), ft3";

export function isVolumeUnit(unit: string): boolean {
  return nanolitresPerUnit.has(unitKey(unit));
}

/**
 * An exact volume, as an integer number of 10^-27 L.
 * @returns undefined when `text` is not a decimal number of at least 0 or `unit` is unknown.
 */
export function parseVolume(text: string, unit: string): bigint | undefined {
  const nanolitres = nanolitresPerUnit.get(unitKey(unit));
  const scaled = parseDecimal(text);
  return nanolitres === undefined || scaled === undefined ? undefined : scaled * nanolitres;
}

/** The number times 10^18, further decimals cut off. */
function parseDecimal(text: string): bigint | undefined {
  const match = decimal.exec(text);
  if (!match) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  if (whole + fraction === "") return undefined;
  const shift = decimals - fraction.length + Number(exponent);
  const digits = BigInt(whole + fraction);
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
}

function unitKey(unit: string): string {
  return unit.trim().toLowerCase();
}
