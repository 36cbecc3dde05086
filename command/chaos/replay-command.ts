import type { MinimalFailure } from "../../sim/chaos/minimise.js";
import type { KnownBoard } from "../../manifests/boards/boards.js";
import type { EngineName } from "../kit/option-values.js";
import { typedName } from "../kit/names.js";

/** What it ran on. */
export interface ReplayPlace {
  readonly engine: EngineName;
  readonly board?: KnownBoard | undefined;
}

/** The command that runs exactly this again. */
export function replayCommand(
  { days, kinds, result }: MinimalFailure,
  { engine, board }: ReplayPlace,
): string {
  const words = ["tally", "chaos", "--seeds", `${result.seed}..${result.seed}`, "--days", String(days)];
  words.push("--only", kinds.length > 0 ? kinds.map(typedName).join(",") : "none");
  if (engine !== "node") words.push("--engine", engine);
  if (board) words.push("--board", board.name);
  return words.join(" ");
}
