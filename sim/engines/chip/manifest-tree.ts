import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { projectFolder } from "../build/project-folder.js";

type Value = number | string;

/** As much of a manifest of the Moddable SDK as says what an image is made of. */
interface Manifest {
  readonly include?: string | readonly string[];
  readonly modules?: Readonly<Record<string, string | readonly string[]>>;
  readonly defines?: Readonly<Record<string, Value | Readonly<Record<string, Value>>>>;
  readonly platforms?: Readonly<Record<string, Manifest>>;
}

/** What a product's image for one board is made of, as far as it is ours. */
export interface ManifestTree {
  /** Files of modules in the project's folder by the modules' names, both without their endings. */
  readonly modules: ReadonlyMap<string, string>;
  /** Paths of the C files. */
  readonly sources: readonly string[];
  /** Macros with their values: `"task": { "queueWait": 0 }` is MODDEF_TASK_QUEUEWAIT. */
  readonly defines: ReadonlyMap<string, string>;
}

/** Reads a product's manifest with all that it includes; what is the SDK's own is left to that. */
export function readManifests(product: string, platform: string): ManifestTree {
  const modules = new Map<string, string>();
  const sources = new Set<string>();
  const defines = new Map<string, string>();
  const root = join(projectFolder(), "manifests", `${product}.json`);
  for (const { folder, manifest } of manifestsFrom(root, platform, new Set())) {
    for (const [name, value] of definesOf(manifest)) defines.set(name, value);
    for (const { target, path } of filesOf(manifest, folder)) {
      if (existsSync(`${path}.c`)) sources.add(`${path}.c`);
      const isModule = [".ts", ".js"].some((ending) => existsSync(path + ending));
      if (isModule) modules.set(target, relative(projectFolder(), path));
    }
  }
  return { modules, sources: [...sources], defines };
}

function manifestsFrom(
  path: string,
  platform: string,
  seen: Set<string>,
): { readonly folder: string; readonly manifest: Manifest }[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const folder = dirname(path);
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
  const parts = [manifest, manifest.platforms?.[platform] ?? {}];
  const included = parts
    .flatMap(({ include = [] }) => include)
    .filter((each) => !each.startsWith("$("))
    .flatMap((each) => manifestsFrom(join(folder, each), platform, seen));
  return [...included, ...parts.map((part) => ({ folder, manifest: part }))];
}

function definesOf({ defines = {} }: Manifest): [string, string][] {
  const macro = (name: string, value: Value): [string, string] => [
    `MODDEF_${name}`.toUpperCase(),
    String(value),
  ];
  return Object.entries(defines).flatMap(([group, values]) =>
    typeof values === "object"
      ? Object.entries(values).map(([name, value]) => macro(`${group}_${name}`, value))
      : [macro(group, values)],
  );
}

/** The manifest's files, with the names that they get in the image; a `*` stands for every file of a folder. */
function filesOf({ modules = {} }: Manifest, folder: string): { target: string; path: string }[] {
  return Object.entries(modules)
    .filter(([target]) => target !== "~")
    .flatMap(([target, files]) => [files].flat().map((file) => ({ target, file })))
    .filter(({ file }) => !file.startsWith("$("))
    .flatMap(({ target, file }) => {
      const path = join(folder, file);
      if (!file.endsWith("*")) return [{ target, path }];
      return stemsIn(dirname(path)).map((stem) => ({
        target: target.replace("*", stem),
        path: join(dirname(path), stem),
      }));
    });
}

function stemsIn(folder: string): string[] {
  const stems = readdirSync(folder)
    .filter((name) => /\.(c|ts|js)$/.test(name) && !name.endsWith(".d.ts"))
    .map((name) => name.replace(/\.\w+$/, ""));
  return [...new Set(stems)];
}
