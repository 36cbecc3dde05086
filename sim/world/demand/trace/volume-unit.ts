import { parseDecimal } from "./decimal-number.js";

/** Nanolitres, all exact: the foot is 0.3048 m, the US gallon 231 cubic inches (NIST SP 811), the imperial one 4.54609 L. */
const litre = 1_000_000_000n;
const usGallon = 3_785_411_784n;
const imperialGallon = 4_546_090_000n;
const cubicFoot = 28_316_846_592n;

/** The same unit in the spellings that loggers have, in small letters. */
const spellings: readonly (readonly [nanolitres: bigint, names: string])[] = [
  [litre, "l|litre|litres|liter|liters|ltr|dm3|dm^3|dm³|cubic decimetre|cubic decimetres"],
  [litre / 1000n, "ml|millilitre|millilitres|milliliter|milliliters|cm3|cm^3|cm³|cc"],
  [litre / 100n, "cl|centilitre|centilitres"],
  [litre / 10n, "dl|decilitre|decilitres"],
  [litre * 100n, "hl|hectolitre|hectolitres"],
  [litre * 1000n, "m3|m^3|m³|cbm|cu m|cubic metre|cubic metres|cubic meter|cubic meters"],
  [litre * 1000n, "kl|kilolitre|kilolitres|kiloliter|kiloliters"],
  [litre * 1_000_000n, "megalitre|megalitres|megaliter|megaliters"],
  [usGallon, "gal|gals|gallon|gallons|us gal|us gals|us gallon|us gallons|usg|usgal"],
  [usGallon * 1000n, "kgal|kgals|kilogallon|kilogallons|thousand gallons"],
  [imperialGallon, "imp gal|imp gallon|imp gallons|imperial gallon|imperial gallons|uk gal|uk gallons|igal"],
  [cubicFoot, "ft3|ft^3|ft³|cf|cuft|cu ft|cubic foot|cubic feet"],
  [cubicFoot * 100n, "ccf|hcf|hundred cubic feet"],
];

const nanolitresPerUnit: ReadonlyMap<string, bigint> = new Map(
  spellings.flatMap(([nanolitres, names]) => names.split("|").map((name) => [name, nanolitres] as const)),
);

/** By the letter it is the megalitre; most who write it mean the thousandth of a litre. */
const twofold = /^M[Ll]s?$/;
const pulseName = /^(pulses?|counts?|imp|impulses?|ticks?)$/;
const timeName = "s|sec|secs|second|seconds|min|mins|minute|minutes|h|hr|hrs|hour|hours|d|day|days";
const rate = new RegExp(`^(.+?)\\s*(?:/|\\bper\\b)\\s*(?:${timeName})$`);
const shortRate = /^(gpm|gph|gpd|lpm|lps|lph|lpd|cfs|cfm|cfh|mgd|cmh|hz)$/;

export const knownVolumeUnits =
  "L (dm3), mL, cL, hL, m3 (kL), megalitres, gal (US), kgal, imp gal, ft3 (cu ft), CCF";

/** What a unit says of a column; `ML` says two things. */
export type UnitMeaning =
  { readonly kind: "volume"; readonly nanolitres: bigint } | { readonly kind: "pulses" | "rate" | "twofold" };

/** @returns undefined for what is no unit of volume, pulses or their rate. */
export function unitMeaning(unit: string): UnitMeaning | undefined {
  const written = unit
    .trim()
    .replace(/\./g, "")
    .replace(/[\s_]+/g, " ");
  if (twofold.test(written)) return { kind: "twofold" };
  const name = written.toLowerCase();
  const nanolitres = nanolitresPerUnit.get(name);
  if (nanolitres !== undefined) return { kind: "volume", nanolitres };
  if (pulseName.test(name)) return { kind: "pulses" };
  if (shortRate.test(name)) return { kind: "rate" };
  const counted = rate.exec(name)?.[1] ?? name.split(/\s*\/\s*/, 1)[0] ?? "";
  const isRate = counted !== name && (nanolitresPerUnit.has(counted) || pulseName.test(counted));
  return isRate ? { kind: "rate" } : undefined;
}

/** An exact volume of a number of litres, as an integer number of 10^-27 L; the number is a decimal of at least 0. */
export function litreUnits(litres: number): bigint {
  return (parseDecimal(String(litres), "point") ?? 0n) * litre;
}
