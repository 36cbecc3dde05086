import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import type * as BuildXsProgram from "../../sim/engines/xs/build-xs-program.js";

const sourceFolders = ["command", "drivers", "firmware", "hal", "jig", "sim", "tests/bench"];

/**
 * Jest's global setup: brings dist/ up to date, because the XS engine loads compiled modules, and builds the XS
 * program. Both take a moment only when there is something to do.
 */
export default async function build({ rootDir }: { readonly rootDir: string }): Promise<void> {
  const stamp = join(rootDir, "build", "compiled");
  const newestSource = Math.max(...sourceFolders.map((folder) => newest(join(rootDir, folder))));
  if (!existsSync(join(rootDir, "dist")) || changedAt(stamp) < newestSource) {
    const startedAt = new Date();
    await compile(rootDir);
    mkdirSync(join(rootDir, "build"), { recursive: true });
    writeFileSync(stamp, "");
    // What was changed while the compiler ran is compiled next time.
    utimesSync(stamp, startedAt, startedAt);
  }
  // Jest transforms this file but none that it imports.
  const { buildXsProgram } = (await import(
    join(rootDir, "dist/sim/engines/xs/build-xs-program.js")
  )) as typeof BuildXsProgram;
  await buildXsProgram();
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  return Math.max(0, ...files.map((name) => changedAt(join(folder, name))));
}

async function compile(project: string): Promise<void> {
  const compiler = join(project, "node_modules", "typescript", "bin", "tsc");
  try {
    await promisify(execFile)(process.execPath, [
      compiler,
      "--project",
      join(project, "tsconfig.build.json"),
    ]);
  } catch (error) {
    // The compiler writes its output in spite of wrong types, which `npm run check` is there to report.
    const { stdout } = error as { stdout?: string };
    if (!stdout?.includes("error TS")) throw error;
  }
}
