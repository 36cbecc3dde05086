import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { projectFolder } from "../../sim/engines/build/project-folder.js";

/** As much of a manifest as Tally's use (Moddable SDK, `documentation/tools/manifest.md`). */
export interface Manifest {
  readonly build?: Readonly<Record<string, string>>;
  readonly include?: readonly string[] | string;
  readonly modules?: Readonly<Record<string, readonly string[] | string>>;
  readonly preload?: readonly string[];
  readonly creation?: Readonly<Record<string, unknown>>;
  readonly platforms?: Readonly<Record<string, Manifest>>;
}

/** What the manifests make of a product on a board. */
export interface Build {
  /** Paths of the manifests of this project, from its folder. */
  readonly manifests: readonly string[];
  /** Source of each module, from the project's folder, by the module's name; a name given twice is in `clashes`. */
  readonly sources: ReadonlyMap<string, string>;
  readonly clashes: readonly string[];
  /** Paths that lead nowhere, with the manifest they stand in. */
  readonly missing: readonly string[];
  /** Names of modules that are preloaded, as often as they are. */
  readonly preloads: readonly string[];
}

const root = projectFolder();

/** Variables of the SDK's own manifests and of its environment; what they name is not here to look at. */
const sdkVariables = ["MODDABLE", "MODULES", "BUILD", "COMMODETTO", "TYPINGS"];

/** Kinds of files that a source may mean, given without its extension: those that make a module, and C. */
const moduleExtensions = [".ts", ".js", ".mjs", ".json"];
const otherExtensions = [".c", ".h"];

export function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest;
}

/** Follows a manifest and what it includes, as `mcconfig` does for a platform. */
export function followManifests(path: string, platform: string): Build {
  const walk = new Walk(platform);
  walk.manifest(path);
  return walk;
}

class Walk implements Build {
  readonly manifests: string[] = [];
  readonly sources = new Map<string, string>();
  readonly clashes: string[] = [];
  readonly missing: string[] = [];
  readonly #patterns: string[] = [];
  readonly #platform: string;

  constructor(platform: string) {
    this.#platform = platform;
  }

  manifest(path: string): void {
    if (this.manifests.includes(path)) return;
    this.manifests.push(path);
    const manifest = readManifest(path);
    this.#part(manifest, path);
    const platform = partFor(manifest.platforms ?? {}, this.#platform);
    if (platform) this.#part(platform, path);
  }

  get preloads(): string[] {
    return this.#patterns.flatMap((pattern) => {
      if (!pattern.endsWith("*")) return [pattern];
      // The SDK compares patterns with the modules that are JavaScript, and passes TypeScript over.
      const start = pattern.slice(0, -1);
      const matches = [...this.sources].filter(
        ([name, source]) => name.startsWith(start) && /\.js$/.test(source),
      );
      return matches.map(([name]) => name);
    });
  }

  #part({ build = {}, include = [], modules = {}, preload = [] }: Manifest, path: string): void {
    for (const included of typeof include === "string" ? [include] : include) {
      const target = this.#resolve(included, path);
      if (target === undefined) continue;
      if (existsSync(join(root, target))) this.manifest(target);
      else this.missing.push(`${path}: ${included}`);
    }
    for (const value of Object.values(build)) if (value.startsWith(".")) this.#requirePath(value, path);
    for (const [name, given] of Object.entries(modules))
      for (const source of typeof given === "string" ? [given] : given) this.#module(name, source, path);
    this.#patterns.push(...preload);
  }

  #module(name: string, source: string, path: string): void {
    const pattern = this.#resolve(source, path);
    if (pattern === undefined || name === "~") return;
    const files = filesOf(pattern);
    if (files.length === 0) this.missing.push(`${path}: ${source}`);
    for (const file of files.filter(isModule)) {
      const target = name.endsWith("*") ? name.slice(0, -1) + withoutExtension(basename(file)) : name;
      if (this.sources.has(target))
        this.clashes.push(`${target}: ${this.sources.get(target) ?? ""}, ${file}`);
      this.sources.set(target, file);
    }
  }

  #requirePath(value: string, path: string): void {
    const target = this.#resolve(value, path);
    if (target !== undefined && !existsSync(join(root, target))) this.missing.push(`${path}: ${value}`);
  }

  /** A path of this project, from its folder; undefined for one of the SDK's. */
  #resolve(value: string, path: string): string | undefined {
    const variable = /^\$\((\w+)\)\//.exec(value)?.[1];
    if (variable === undefined) return relative(root, resolve(root, dirname(path), value));
    if (!sdkVariables.includes(variable)) this.missing.push(`${path}: ${value}`);
    return undefined;
  }
}

/** The part of a manifest for a platform: the most special one (`tools/mcmanifest.js`, `matchPlatform`). */
function partFor(platforms: Readonly<Record<string, Manifest>>, platform: string): Manifest | undefined {
  for (let name = platform; name !== ""; name = name.split("/").slice(0, -1).join("/"))
    if (platforms[name]) return platforms[name];
  return platforms["..."];
}

/** The files that a source means, as paths from the project's folder. */
function filesOf(pattern: string): string[] {
  const folder = dirname(pattern);
  if (!existsSync(join(root, folder))) return [];
  const wanted = basename(pattern);
  return readdirSync(join(root, folder))
    .filter((file) => [...moduleExtensions, ...otherExtensions].some((extension) => file.endsWith(extension)))
    .filter((file) => !file.endsWith(".d.ts") && !file.startsWith("manifest"))
    .filter((file) => wanted === "*" || withoutExtension(file) === wanted)
    .map((file) => join(folder, file));
}

function isModule(file: string): boolean {
  return moduleExtensions.some((extension) => file.endsWith(extension));
}

function withoutExtension(file: string): string {
  return file.replace(/\.\w+$/, "");
}
