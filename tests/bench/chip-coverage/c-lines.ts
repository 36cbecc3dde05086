import { execFile } from "node:child_process";
import { copyFileSync, existsSync, readdirSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { buildFolder } from "../../../sim/engines/build/build-program.js";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";

/** How often each line ran that there is something to run on, by file. */
export type LineCounts = Map<string, Map<number, number>>;

/** As much as gcov's JSON has of interest. */
interface GcovOutput {
  readonly current_working_directory: string;
  readonly files: readonly {
    readonly file: string;
    readonly lines: readonly { readonly line_number: number; readonly count: number }[];
  }[];
}

/** Reads what programs compiled with `--coverage` have left in a folder, of the C in `hal/esp32`. */
export async function countCLines(folder: string): Promise<LineCounts> {
  const counts: LineCounts = new Map();
  for (const data of readdirSync(folder).filter((name) => name.endsWith(".gcda"))) {
    const notes = data.replace(/\.gcda$/, ".gcno");
    const compiled = join(buildFolder("objects"), notes);
    if (!existsSync(compiled)) continue;
    copyFileSync(compiled, join(folder, notes));
    for (const output of await gcov(folder, data)) addLines(counts, output);
  }
  return counts;
}

async function gcov(folder: string, data: string): Promise<GcovOutput[]> {
  const options = ["--json-format", "--stdout", basename(data)];
  const { stdout } = await promisify(execFile)("gcov", options, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as GcovOutput);
}

function addLines(counts: LineCounts, { current_working_directory: cwd, files }: GcovOutput): void {
  for (const { file, lines } of files) {
    const path = relative(projectFolder(), resolve(cwd, file));
    if (!path.startsWith(join("hal", "esp32"))) continue;
    const ofFile = counts.get(path) ?? new Map<number, number>();
    for (const { line_number: line, count } of lines) ofFile.set(line, (ofFile.get(line) ?? 0) + count);
    counts.set(path, ofFile);
  }
}
