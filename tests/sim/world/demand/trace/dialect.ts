import fc from "fast-check";
import type { TraceReading } from "../../../../../sim/world/demand/trace/trace-reading.js";

/** Rows of a step in seconds and thousandths of the unit that flowed in it. */
export type Series = readonly { readonly seconds: number; readonly thousandths: number }[];

/** A way to write a series down, as one logger or another has it. */
export interface Dialect {
  readonly delimiter: string;
  readonly isQuoted: boolean;
  readonly decimal: "." | ",";
  readonly thousands: "" | "," | "." | " " | "'";
  /** Of volumes: 0 for whole numbers, undefined for as many decimals as it takes. */
  readonly decimals: 3 | undefined;
  readonly unit: Unit;
  readonly unitPlace: "brackets" | "suffix" | "column" | "line below" | "nowhere";
  /** What stood on the counter at first, in thousandths; undefined for what flows in each step. */
  readonly standing: number | undefined;
  readonly name: string;
  readonly time: TimeForm;
  readonly firstSeconds: number;
  readonly others: readonly ("record" | "limit" | "temperature" | "empty name")[];
  readonly preamble: readonly string[];
  readonly lineEnd: string;
  readonly beginning: "" | "\ufeff";
  readonly encoding: "utf8" | "utf16le";
  /** Whether the person says what the file does not. */
  readonly isExplained: boolean;
}

interface Unit {
  readonly names: readonly string[];
  readonly nanolitres: bigint;
}

const units: readonly Unit[] = [
  { names: ["L", "litres", "dm3"], nanolitres: 1_000_000_000n },
  { names: ["mL", "ML"], nanolitres: 1_000_000n },
  { names: ["megalitres", "ML"], nanolitres: 1_000_000_000_000_000n },
  { names: ["m3", "m³", "kL"], nanolitres: 1_000_000_000_000n },
  { names: ["gal", "US gallons"], nanolitres: 3_785_411_784n },
  { names: ["cu ft", "ft3"], nanolitres: 28_316_846_592n },
  { names: ["CCF"], nanolitres: 2_831_684_659_200n },
  { names: ["kgal"], nanolitres: 3_785_411_784_000n },
];

const timeForms = [
  "iso",
  "slashes",
  "day first",
  "month first",
  "points",
  "short year",
  "am pm",
  "s",
  "ms",
  "min",
  "excel",
  "apart",
] as const;
type TimeForm = (typeof timeForms)[number];

export const anySeries: fc.Arbitrary<Series> = fc.array(
  fc.record({
    seconds: fc.constantFrom(60, 60, 60, 120, 600, 86_400),
    thousandths: fc.oneof(
      fc.constant(0),
      fc.nat(3000),
      fc.nat(3_000_000),
      fc.nat(3000).map((each) => each * 1000),
    ),
  }),
  { minLength: 2, maxLength: 30 },
);

export const anyDialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  isQuoted: fc.boolean(),
  decimal: fc.constantFrom(".", ","),
  thousands: fc.constantFrom("", "", ",", ".", " ", "'"),
  decimals: fc.constantFrom(3, undefined),
  unit: fc.constantFrom(...units),
  unitPlace: fc.constantFrom("brackets", "brackets", "suffix", "column", "line below", "nowhere"),
  standing: fc.option(fc.nat(5_000_000), { nil: undefined }),
  name: fc.constantFrom(
    "Volume",
    "volume",
    "Cumulative volume",
    "Volume per interval",
    "Total volume",
    "Water volume",
  ),
  time: fc.constantFrom(...timeForms),
  firstSeconds: fc.integer({ min: 1_300_000_000, max: 1_900_000_000 }).map((each) => each - (each % 60)),
  others: fc.subarray(["record", "limit", "temperature", "empty name"]),
  preamble: fc.constantFrom([], ['Site: 7, a "new" one', ""], ["sep=;"]),
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  beginning: fc.constantFrom("", "\ufeff"),
  encoding: fc.constantFrom("utf8", "utf8", "utf16le"),
  isExplained: fc.boolean(),
});

/** False for a name that says the contrary of what the column holds. */
export function isTruthful({ name, standing }: Dialect): boolean {
  if (name.startsWith("Cumulative")) return standing !== undefined;
  return !name.includes("per interval") || standing === undefined;
}

/** All of what flowed, in nanolitres times 1000. */
export function flowOf(series: Series, { unit, standing }: Dialect): bigint {
  // The first standing says nothing of what flowed before.
  const counted = standing === undefined ? series : series.slice(1);
  return counted.reduce((sum, { thousandths }) => sum + BigInt(thousandths), 0n) * unit.nanolitres;
}

export function write(series: Series, dialect: Dialect): Buffer {
  const { delimiter, isQuoted, unit, unitPlace, others, preamble, lineEnd, beginning, encoding } = dialect;
  const quoted = (field: string): string => (isQuoted && field !== "" ? `"${field}"` : field);
  const line = (
    time: readonly string[],
    value: string,
    unitText: string,
    rest: (other: string) => string,
  ): string =>
    [...time, ...others.map(rest), value, ...(unitPlace === "column" ? [unitText] : [])]
      .map(quoted)
      .join(delimiter);
  const unitName = unit.names[(dialect.firstSeconds / 60) % unit.names.length] ?? "";
  const suffix = {
    brackets: ` (${unitName})`,
    suffix: ` ${unitName}`,
    column: "",
    "line below": "",
    nowhere: "",
  };
  const names: Readonly<Record<string, string>> = {
    record: "Record",
    limit: "Volume limit",
    temperature: "Temp",
  };
  const timeNames =
    dialect.time === "apart" ? ["Date", "Time"] : [dialect.time === "min" ? "time (min)" : "Timestamp"];
  const lines = [
    ...preamble,
    line(timeNames, dialect.name + suffix[unitPlace], "unit", (other) => names[other] ?? ""),
  ];
  if (unitPlace === "line below")
    lines.push(
      line(
        timeNames.map(() => "TS"),
        unitName,
        "",
        () => "",
      ),
    );
  let seconds = dialect.firstSeconds;
  let standing = dialect.standing;
  series.forEach((row, index) => {
    if (index > 0) seconds += row.seconds;
    if (standing !== undefined && index > 0) standing += row.thousandths;
    const value = numberText(standing ?? row.thousandths, dialect);
    const rest: Readonly<Record<string, string>> = { record: String(index), limit: "100", temperature: "19" };
    lines.push(line(timeText(seconds, dialect.time), value, unitName, (other) => rest[other] ?? ""));
  });
  return Buffer.from(beginning + lines.map((each) => each + lineEnd).join(""), encoding);
}

/** The options of a person who knows what the logger wrote. */
export function explanation({ isExplained, decimal, unit, time, standing }: Dialect): TraceReading {
  if (!isExplained) return {};
  const order = { "day first": "dmy", "month first": "mdy", points: "dmy", "short year": "ymd" } as const;
  const [volumeUnit = ""] = unit.names;
  return {
    decimal: decimal === "." ? "point" : "comma",
    volumeUnit,
    cumulative: standing === undefined ? "no" : "yes",
    ...(time in order && { dateOrder: order[time as keyof typeof order] }),
  };
}

function numberText(thousandths: number, { decimal, thousands, decimals }: Dialect): string {
  const whole = Math.floor(thousandths / 1000).toString();
  const fraction = (thousandths % 1000).toString().padStart(3, "0");
  // Nobody uses one sign for both.
  const grouped = thousands === decimal ? whole : whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  const shown = decimals === undefined ? fraction.replace(/0+$/, "") : fraction;
  return shown === "" ? grouped : `${grouped}${decimal}${shown}`;
}

function timeText(seconds: number, form: TimeForm): string[] {
  const date = new Date(seconds * 1000);
  const [day = "", clock = ""] = date.toISOString().slice(0, 19).split("T");
  const [y = "", m = "", d = ""] = day.split("-");
  const hours = date.getUTCHours();
  const half = `${hours % 12 || 12}${clock.slice(2)} ${hours < 12 ? "AM" : "PM"}`;
  const texts: Readonly<Record<Exclude<TimeForm, "apart">, string>> = {
    iso: `${day}T${clock}Z`,
    slashes: `${y}/${m}/${d} ${clock}`,
    "day first": `${d}/${m}/${y} ${clock}`,
    "month first": `${m}/${d}/${y} ${clock}`,
    points: `${d}.${m}.${y} ${clock}`,
    "short year": `${y.slice(2)}-${m}-${d} ${clock}`,
    "am pm": `${day} ${half}`,
    s: String(seconds),
    ms: String(seconds * 1000),
    min: String(seconds / 60),
    excel: (seconds / 86_400 + 25_569).toFixed(9),
  };
  return form === "apart" ? [day, clock] : [texts[form]];
}
