import type { PartName } from "./proof-parts.js";

/** A bug that is planted for the proof: a change to one compiled file. */
export interface Mutant {
  readonly name: string;
  /** What a firmware with this bug does wrong. */
  readonly bug: string;
  /** The part that finds it soonest, which is tried before the others. */
  readonly soonest?: PartName;
  /** Path in the compiled tree. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}
