import { readdirSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../../../sim/engines/build/project-folder.js";
import type { ChipOptions } from "../../../../sim/engines/chip/chip-engine.js";

/** A folder with files of hal/esp32, by their paths, in the place of those; tests/bench/chip-mutants.ts makes it. */
const { TALLY_CHIP_PLANTED: planted } = process.env;

/** A folder in which the lines are counted that a chip's tests run; tests/bench/chip-coverage.ts makes it. */
const { TALLY_CHIP_COVERAGE: folder } = process.env;

/** How chips are made where their lines are counted, or a bug is planted in them; otherwise nothing. */
export function measuredChip(): Partial<ChipOptions> {
  if (planted !== undefined) return plantedChip(planted);
  if (folder === undefined) return {};
  return {
    // The same notes each time, whoever compiles.
    build: { flags: ["--coverage", "-frandom-seed=tally"] },
    moduleFolders: [join(folder, "modules")],
    coverageFile: join(folder, "statements"),
  };
}

function plantedChip(root: string): Partial<ChipOptions> {
  const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".c"),
  );
  const replacements = new Map(sources.map((name) => [join(projectFolder(), name), join(root, name)]));
  // The low-power program is included by its name, and the first folder of headers that has it counts.
  const isIncluded = sources.some((name) => name.endsWith(join("low-power", "program.c")));
  const flags = isIncluded ? [`-I${join(root, "hal", "esp32")}`] : [];
  return { build: { flags, replacements }, moduleFolders: [root] };
}
