import { unitMeaning } from "./volume-unit.js";

/** A column's name, taken apart. */
export interface ColumnName {
  /** From 0. */
  readonly position: number;
  /** As it stands in the file. */
  readonly text: string;
  /** In small letters, without the unit: `pulse count` for `PulseCount (gal)`. */
  readonly words: readonly string[];
  /** What stands in brackets, or behind a comma: units, zones, forms of a date. */
  readonly remarks: readonly string[];
  /** The unit of volume, pulses or rate that the name tells. */
  readonly unit: string | undefined;
}

/** Words of columns that hold something else about volumes or pulses than what flowed. */
const foreignWords = new Set(
  "limit max maximum min minimum alarm threshold target setpoint set rate flow flowrate speed weight factor value width id unit units uom avg average mean price cost tariff error status reverse backflow backward return delta-t temperature".split(
    " ",
  ),
);
const steps = /^(step|interval|row|period|sample|scan|reading|record|measurement)s?$/;
const quantityWords = new Set(["volume", "vol", "pulse", "pulses", "impulse", "impulses"]);
const standingWords = new Set(
  "cumulative cum cumul accumulated accumulative totalizer totaliser totalized standing index register odometer lifetime running".split(
    " ",
  ),
);
const stepWords = new Set("increment incremental difference delta step interval".split(" "));

/** Takes a field of a header apart. */
export function columnName(text: string, position: number): ColumnName {
  const [outside, remarks] = withoutRemarks(text);
  const named = remarks.map(withoutStep).find((remark) => unitMeaning(remark) !== undefined);
  if (named !== undefined) return { position, text, words: wordsOf(outside), remarks, unit: named };
  const written = outside.split(/[\s_]+/).filter((word) => word !== "");
  // `volume_m3`, `Volume US gal`, and `Litres`, which is nothing but a unit.
  for (const count of [3, 2, 1]) {
    const unit = written.slice(-count).join(" ");
    if (count > written.length || !isVolumeOrRate(unit)) continue;
    return { position, text, words: wordsOf(written.slice(0, -count).join(" ")), remarks, unit };
  }
  const joined = /[a-z](M[lL]|[ML]3?)$/.exec(outside)?.[1] ?? "";
  return {
    position,
    text,
    words: wordsOf(outside),
    remarks,
    unit: isVolumeOrRate(joined) ? joined : undefined,
  };
}

/** Whether a column can hold what flowed, in volumes or pulses, going by its name. */
export function isQuantity({ words, unit, text }: ColumnName): boolean {
  const all = allWords(text);
  if (all.some((word) => foreignWords.has(word)) || isPerSomething(all)) return false;
  const meaning = unit === undefined ? undefined : unitMeaning(unit);
  if (meaning?.kind === "rate") return false;
  if (meaning?.kind === "volume" || meaning?.kind === "twofold") return true;
  // `Counts` could be of anything.
  return words.some((word) => quantityWords.has(word)) || /puls/i.test(unit ?? "");
}

/** Whether a name speaks of a flow, which has to be multiplied by a time first. */
export function isRate({ unit, words }: ColumnName): boolean {
  if (unit !== undefined && unitMeaning(unit)?.kind === "rate") return true;
  return words.some((word) => /^(flow|flowrate|rate)$/.test(word));
}

/** Whether the name says that the column holds a counter's standing; undefined when it doesn't say. */
export function namedStanding({ text }: ColumnName): boolean | undefined {
  const words = allWords(text);
  if (words.some((word) => standingWords.has(word))) return true;
  return words.some((word) => stepWords.has(word)) || words.includes("per") ? false : undefined;
}

/** Whether a name and what somebody typed are the same but for case, spaces and underscores. */
export function isSameName(one: string, other: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[\s_]+/g, " ")
      .trim();
  return plain(one) === plain(other);
}

/** Small letters, `-` and `_` as spaces, `pulseCount` as two words. */
export function wordsOf(text: string): string[] {
  const apart = text.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return apart.split(/[\s_-]+/).filter((word) => word !== "");
}

/** Those in brackets too. */
function allWords(text: string): string[] {
  return wordsOf(text.replace(/[()[\]{},;:]/g, " "));
}

/** `L` of `L per interval`. */
function withoutStep(remark: string): string {
  const [before = "", after] = remark.split(/\s+per\s+/);
  return after !== undefined && steps.test(after) ? before : remark;
}

function isVolumeOrRate(unit: string): boolean {
  const kind = unitMeaning(unit)?.kind;
  return kind !== undefined && kind !== "pulses";
}

/** `volume per pulse`, `pulses per hour`; but not `pulses per interval`. */
function isPerSomething(words: readonly string[]): boolean {
  const index = words.indexOf("per");
  return index >= 0 && !steps.test(words[index + 1] ?? "");
}

/** The name without its brackets and what follows a comma, and what stood there. */
function withoutRemarks(text: string): [outside: string, remarks: string[]] {
  const remarks: string[] = [];
  const unbracketed = text.replace(/[([{]([^)\]}]*)[)\]}]?/g, (_, inside: string) => {
    remarks.push(...inside.split(/[,;]/));
    return " ";
  });
  const [outside = "", ...behind] = unbracketed.split(",");
  remarks.push(...behind);
  return [outside.trim(), remarks.map((remark) => remark.trim()).filter((remark) => remark !== "")];
}
