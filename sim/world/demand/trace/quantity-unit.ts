import type { TraceHeader } from "./trace-columns.js";
import { TraceError } from "./trace-error.js";
import { knownVolumeUnits, unitMeaning } from "./volume-unit.js";

/** What a quantity is counted in: pulses, or a volume of so many nanolitres; `in-rows` where a column tells it. */
export type QuantityUnit = "pulses" | "in-rows" | bigint;

/** Somebody's word for a unit. */
interface Statement {
  readonly unit: string;
  readonly by: string;
}

/**
 * The unit of a trace's quantity, in which its name, a line of units below the header and the person have to agree.
 * @param unitLine what stands below the header in the quantity's column
 * @param given with `--volume-unit`
 * @throws {TraceError} when there is none, it is not known, or there are two
 */
export function quantityUnit(
  path: string,
  header: TraceHeader,
  unitLine: string | undefined,
  given: string | undefined,
): QuantityUnit {
  const statements = statementsOf(header, unitLine, given);
  const problem = (text: string): TraceError => new TraceError(path, header.line, text);
  const name = JSON.stringify(header.quantity.text);
  const units: { unit: "pulses" | bigint; by: string }[] = [];
  for (const { unit, by } of statements) {
    const meaning = unitMeaning(unit);
    if (meaning?.kind === "rate")
      throw problem(`${name} is a rate of flow (${unit}), not a volume; ${otherColumn}`);
    if (meaning?.kind === "twofold" && given === undefined)
      throw problem(
        `${name}: ${unit} can be millilitres or megalitres; say --volume-unit mL or --volume-unit megalitres`,
      );
    if (meaning?.kind === "pulses") units.push({ unit: "pulses", by });
    if (meaning?.kind === "volume") units.push({ unit: meaning.nanolitres, by });
  }
  if (given === undefined && factor.test(header.quantity.text))
    throw problem(
      `${name} speaks of a factor; say what a 1 in it stands for with --volume-unit (pulses, ${knownVolumeUnits})`,
    );
  const [first] = units;
  if (units.some(({ unit }) => unit !== first?.unit)) {
    const told = statements.map(({ unit, by }) => `${unit} by ${by}`);
    throw problem(`${name} is in ${told.join(", ")}; correct the file, or ${otherColumn}`);
  }
  if (first) return first.unit;
  if (header.unitColumn !== undefined) return "in-rows";
  const [unknown] = statements.length > 0 ? statements.map(({ unit }) => unit) : header.quantity.remarks;
  throw problem(
    `${unknown === undefined ? "the volume has no unit" : `the volume's unit "${unknown}" is not known`}; ` +
      `name the column for instance "Volume (L)", add a column "unit", or say --volume-unit (${knownVolumeUnits})`,
  );
}

/** `x10`, `(1000 gal)`, `10 L/pulse`. */
const factor = /(^|[\s(])[x×*]\s?\d|\d\s?[x×*]|(^|[\s(])\d+([.,]\d+)?\s*[a-z]/i;
const otherColumn = "name a column of volume or pulses with --column";

/**
 * What a row's own unit makes of its value.
 * @param cell what stands in the column of units
 * @returns nanolitres, or `pulses`
 * @throws {TraceError} when it is not known, or not what the header says
 */
export function rowUnit(
  path: string,
  line: number,
  unit: QuantityUnit,
  cell: string | undefined,
): "pulses" | bigint {
  if (cell === undefined || (cell === "" && unit !== "in-rows")) return unit as "pulses" | bigint;
  const meaning = unitMeaning(cell);
  if (meaning?.kind === "volume") {
    if (unit === "in-rows" || unit === meaning.nanolitres) return meaning.nanolitres;
    throw new TraceError(
      path,
      line,
      `the unit ${JSON.stringify(cell)} is not the header's; correct one of them`,
    );
  }
  // The column may be another quantity's.
  if (unit === "pulses") return unit;
  const problem = cell === "" ? "the volume has no unit" : `the unit ${JSON.stringify(cell)} is not known`;
  const twofold = meaning?.kind === "twofold" ? " (millilitres or megalitres?)" : "";
  throw new TraceError(path, line, `${problem}${twofold}; use one of ${knownVolumeUnits}`);
}

function statementsOf(
  { quantity }: TraceHeader,
  unitLine: string | undefined,
  given: string | undefined,
): Statement[] {
  const statements: Statement[] = [];
  if (given !== undefined) statements.push({ unit: given, by: "--volume-unit" });
  if (quantity.unit !== undefined) statements.push({ unit: quantity.unit, by: "its name" });
  // `Pulses (LGR S/N: 7)`: whatever the brackets say, these are pulses.
  if (quantity.words.some((word) => /^(im)?pulses?$/.test(word)))
    statements.push({ unit: "pulses", by: "its name" });
  if (unitLine !== undefined && unitLine !== "") statements.push({ unit: unitLine, by: "the line below" });
  return statements;
}
