import { typedName } from "../kit/names.js";
import { networkWord } from "./network-option.js";
import type { SimArguments } from "./sim-arguments.js";
import { traceReadingWords } from "./trace-options.js";
import { shellWord } from "../kit/shell-word.js";

/** The command line that gives the same run again. */
export function repeatCommand(given: SimArguments): string {
  const words = ["tally", "sim", "--product", given.product.name, "--engine", given.engine];
  if (given.board) words.push("--board", given.board.name);
  if (given.trace === undefined) words.push("--demand", given.demand, "--persons", String(given.persons));
  else words.push("--trace", given.trace, ...traceReadingWords(given.reading));
  if (given.days !== undefined) words.push("--days", String(given.days));
  words.push("--seed", String(given.seed));
  for (const [name, value] of given.settings) words.push("--set", `${typedName(name)}=${value}`);
  for (const { fromDay, toDay } of given.outages) words.push("--outage", `${fromDay}..${toDay}`);
  for (const situation of given.networkSituations) words.push("--network", networkWord(situation));
  return words.map(shellWord).join(" ");
}
