import type { MinimalFailure } from "../../sim/chaos/minimise.js";
import type { EngineName } from "../kit/option-values.js";
import { typedName } from "../kit/names.js";

/** The command that runs exactly this again. */
export function replayCommand({ days, kinds, result }: MinimalFailure, engine: EngineName): string {
  const words = ["tally", "chaos", "--seeds", `${result.seed}..${result.seed}`, "--days", String(days)];
  words.push("--only", kinds.length > 0 ? kinds.map(typedName).join(",") : "none");
  if (engine !== "node") words.push("--engine", engine);
  return words.join(" ");
}
