import { join } from "node:path";
import type { ChipOptions } from "../../../../sim/engines/chip/chip-engine.js";

/** A folder in which the lines are counted that a chip's tests run; tests/bench/chip-coverage.ts makes it. */
const { TALLY_CHIP_COVERAGE: folder } = process.env;

/** How chips are made where their lines are counted; otherwise nothing. */
export function measuredChip(): Partial<ChipOptions> {
  if (folder === undefined) return {};
  return {
    // The same notes each time, whoever compiles.
    build: { flags: ["--coverage", "-frandom-seed=tally"] },
    moduleFolders: [join(folder, "modules")],
    coverageFile: join(folder, "statements"),
  };
}
