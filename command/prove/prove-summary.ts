import type { ChalkInstance } from "chalk";
import { invariants } from "../../sim/proof/invariant.js";
import type { MutantResult } from "../../sim/proof/mutant-runs.js";
import { mutants } from "../../sim/proof/mutants.js";
import type { PartName } from "../../sim/proof/proof-parts.js";
import type { PartTotal } from "../../sim/proof/proof-pool.js";
import { mostRecoveryBytes } from "../../sim/proof/proof-meter.js";
import { mostLossPulses } from "../../sim/proof/workloads.js";
import { bytesText, countOf, countText } from "../kit/quantities.js";

const titles: Readonly<Record<PartName, string>> = Object.freeze({
  cuts: "one cut, every operation",
  nested: "two cuts, every operation",
  seeds: "three to six cuts, by seed",
  storms: "hundreds of cut starts in a row, by seed",
  flips: "flipped bits of a record",
  "bad-blocks": "sectors that go bad",
  baselines: "the same cuts elsewhere",
});

const stores: Readonly<Record<string, string>> = Object.freeze({
  journal: "Tally's journal",
  nvs: "NVS",
  preference: "Moddable's preference",
});

const mutantColumns = Math.max(...mutants.map(({ name }) => name.length));
interface TableColumns {
  readonly title: number;
  readonly figure: number;
}

/** Both tables fit 60 columns. */
const partColumns: TableColumns = Object.freeze({ title: 27, figure: 11 });
const baselineColumns: TableColumns = Object.freeze({ title: 22, figure: 9 });

/** What a proof came to, for people to read. */
export function proofLines(totals: readonly PartTotal[], seconds: number, colours: ChalkInstance): string[] {
  const violations = totals.reduce((sum, { tally }) => sum + tally.violations, 0);
  const runs = totals.reduce((sum, { tally }) => sum + tally.runs, 0);
  const lines = [...partTable(totals, colours), ""];
  const single = totals.find(({ part }) => part === "cuts");
  if (single) lines.push(...boundLines(single), "");
  lines.push(...baselineTable(totals, colours));
  const verdict =
    violations === 0
      ? colours.green(`✔ every invariant held in ${countOf(runs, "run")}`)
      : colours.red(`✘ ${countOf(violations, "violation")} in ${countOf(runs, "run")}`);
  return [...lines, `${colours.bold(verdict)}, ${seconds.toFixed(0)} s`];
}

/** One line for each violation, with the command that makes the run again. */
export function violationLines(totals: readonly PartTotal[], colours: ChalkInstance): string[] {
  return totals.flatMap(({ told, tally }) => {
    const lines = told.map(
      ({ id, invariant, message }) =>
        `${colours.red("violation:")} ${invariants[invariant]}: ${message}\n  tally prove --replay ${id}`,
    );
    const untold = tally.violations - told.length;
    return untold > 0 ? [...lines, `and ${countText(untold)} more`] : lines;
  });
}

/** What became of one mutant. */
export function mutantLine(
  { name, caught, seconds }: MutantResult,
  { green, red, dim }: ChalkInstance,
): string {
  const time = `${seconds.toFixed(0)} s`.padStart(6);
  return caught
    ? `${green("caught  ")} ${name.padEnd(mutantColumns)}${time}  ${dim(`${caught.violation.invariant}, ${caught.violation.id}`)}`
    : `${red("survived")} ${name.padEnd(mutantColumns)}${time}`;
}

export function mutantVerdict(results: readonly MutantResult[], { green, red, bold }: ChalkInstance): string {
  const survivors = results.filter(({ caught }) => !caught).length;
  return bold(
    survivors === 0
      ? green(`✔ ${countOf(results.length, "mutant")}, all caught`)
      : red(`✘ ${survivors} of ${countOf(results.length, "mutant")} survived`),
  );
}

function partTable(totals: readonly PartTotal[], { dim }: ChalkInstance): string[] {
  const rows = totals
    .filter(({ part }) => part !== "baselines")
    .map(({ part, tally, operations }) =>
      row(partColumns, titles[part], [
        operations > 0 ? countText(operations) : "",
        countText(tally.runs),
        countText(tally.violations),
      ]),
    );
  return rows.length === 0 ? [] : [dim(row(partColumns, "", ["operations", "runs", "violations"])), ...rows];
}

/** The stated numbers beside what was seen. */
function boundLines({ tally }: PartTotal): string[] {
  return [
    `A battery removal took ${countOf(tally.worstLossPulses, "pulse")} at most; ${mostLossPulses} are allowed, none of them acknowledged.`,
    `Recovery read ${bytesText(tally.worstRecoveryBytes)} at most; ${bytesText(mostRecoveryBytes)} are allowed.`,
  ];
}

function baselineTable(totals: readonly PartTotal[], { dim }: ChalkInstance): string[] {
  const baselines = totals.find(({ part }) => part === "baselines")?.baselines ?? [];
  if (baselines.length === 0) return [];
  const rows = baselines.map(({ name, cuts, absent, lower, wrong }) =>
    row(baselineColumns, stores[name] ?? name, [cuts, absent, lower, wrong].map(countText)),
  );
  return [dim(row(baselineColumns, "a register kept in", ["cuts", "absent", "lower", "wrong"])), ...rows, ""];
}

function row(columns: TableColumns, title: string, figures: readonly string[]): string {
  return title.padEnd(columns.title) + figures.map((figure) => figure.padStart(columns.figure)).join("");
}
