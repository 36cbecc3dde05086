import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Files by their path from the project's folder, with their text. */
export type SourceFiles = ReadonlyMap<string, string>;

/** What a check has found wrong, and where. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  /** The rule that is broken, and what breaks it. */
  readonly rule: string;
}

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Made by tools; nobody's source. */
const generated = new Set(["node_modules", "dist", "build", "coverage"]);
const sourceEnding = /\.(ts|js|cjs|mjs|c|h)$/;

/** Every source file of the project, tests among them. */
export function projectFiles(): SourceFiles {
  const paths = pathsIn(projectFolder, (name) => !generated.has(name) && !name.startsWith("."));
  return new Map(paths.map((path) => [path, readFileSync(join(projectFolder, path), "utf8")]));
}

/** Those of `files` under one of the folders, or one of the files. */
export function filesUnder(files: SourceFiles, ...places: readonly string[]): SourceFiles {
  const isUnder = (path: string): boolean =>
    places.some((place) => path === place || path.startsWith(`${place}/`));
  return new Map([...files].filter(([path]) => isUnder(path)));
}

/** All but tests and what stands beside package.json, such as the configuration of tools. */
export function productFiles(files: SourceFiles): SourceFiles {
  return new Map([...files].filter(([path]) => path.includes("/") && !path.startsWith("tests/")));
}

/** `sim/run/truth.ts:12: sim/run may not import ...` */
export function findingText({ file, line, rule }: Finding): string {
  return `${file}:${line}: ${rule}`;
}

/** Further down, only what is generated beside sources is left out: a folder may be called `build` there. */
function pathsIn(folder: string, isWanted: (name: string) => boolean): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => isWanted(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return pathsIn(path, (name) => !name.startsWith("."));
      return sourceEnding.test(entry.name) ? [relative(projectFolder, path)] : [];
    });
}
