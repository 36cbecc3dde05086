import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Told in one line what is being done, because the first build takes a while. */
export type BuildProgress = (message: string) => void;

const parallelJobs = 2;
/** The engine's own snapshots call for a feature of the build that we don't use: saving the arena replaces them. */
const leftOut = new Set(["xsSnapshot.c"]);

/** What the host is built from: the engine, our own, and the portable C that every target shares. Anything that changes here changes the hash in its path. */
interface Recipe {
  readonly compiler: string;
  readonly flags: readonly string[];
  readonly engineFlags: readonly string[];
  /** Paths of C files. */
  readonly engineSources: readonly string[];
  readonly hostSources: readonly string[];
  readonly hash: string;
}

/**
 * Compiles the XS host from the engine's sources in the package `@moddable/runtime` and our own in `host/`, unless
 * that has been done before. Two processes may do it at the same time.
 * @returns the path of the executable.
 * @throws {Error} with one line when there is no C compiler or it fails.
 */
export async function buildHost(onProgress: BuildProgress = () => undefined): Promise<string> {
  const recipe = await readRecipe();
  const builds = join(projectFolder(), "build", "xs-host");
  const executable = join(builds, recipe.hash, "xs-host");
  if (existsSync(executable)) return executable;
  await mkdir(builds, { recursive: true });
  const workshop = await mkdtemp(join(builds, "making-"));
  try {
    const objects = await compileAll(recipe, workshop, onProgress);
    onProgress("linking the XS host");
    await compile(recipe, [...objects, "-lm", "-o", join(workshop, "xs-host")]);
    await rm(join(workshop, "objects"), { recursive: true });
    await chmod(workshop, 0o755);
    await rename(workshop, join(builds, recipe.hash));
  } catch (error) {
    await rm(workshop, { recursive: true, force: true });
    // Another process has put the same executable there first: as good as ours.
    if (!existsSync(executable)) throw error;
  }
  return executable;
}

/** The folder that holds package.json, whether this file runs compiled from dist/ or as TypeScript. */
export function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("this project's package.json is missing");
    folder = parent;
  }
  return folder;
}

async function readRecipe(): Promise<Recipe> {
  const packageFile = createRequire(import.meta.url).resolve("@moddable/runtime/package.json");
  const engineFolder = join(dirname(packageFile), "moddable", "xs");
  const hostFolder = join(projectFolder(), "sim", "engines", "xs", "host");
  const coreFolder = join(projectFolder(), "hal", "core");
  const compiler = process.env["CC"] ?? "cc";
  const flags = [
    "-O2",
    "-std=gnu11",
    "-fno-common",
    "-DINCLUDE_XSPLATFORM",
    '-DXSPLATFORM="platform.h"',
    // Compile and run scripts; no prints; overflows of the slot stack are found; -0 as ECMAScript has it.
    ...["mxParse", "mxRun", "mxNoConsole", "mxBoundsCheck", "mxMinusZero"].map((name) => `-D${name}=1`),
    ...["includes", "platforms", "sources"].flatMap((name) => ["-isystem", join(engineFolder, name)]),
    ...["-I", hostFolder, "-I", coreFolder],
  ];
  const engineFlags = ["-w"];
  const hostFiles = [...(await filesOfC(hostFolder)), ...(await filesOfC(coreFolder))];
  const hash = createHash("sha256");
  const { version } = JSON.parse(await readFile(packageFile, "utf8")) as { version: string };
  hash.update(JSON.stringify([await compilerVersion(compiler), flags, engineFlags, version]));
  for (const file of hostFiles) hash.update(basename(file)).update(await readFile(file));
  return {
    compiler,
    flags,
    engineFlags,
    engineSources: await sourcesBySize(join(engineFolder, "sources")),
    hostSources: hostFiles.filter((file) => file.endsWith(".c")),
    hash: hash.digest("hex").slice(0, 16),
  };
}

async function filesOfC(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /\.[ch]$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** The largest first, so that the last job is a short one. */
async function sourcesBySize(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".c") && !leftOut.has(name));
  const sized = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), size: (await stat(join(folder, name))).size })),
  );
  return sized.sort((one, other) => other.size - one.size).map(({ path }) => path);
}

async function compilerVersion(compiler: string): Promise<string> {
  try {
    return (await run(compiler, ["--version"])).stdout;
  } catch (error) {
    throw new Error("no C compiler: install one, on Debian: apt-get install gcc libc6-dev", { cause: error });
  }
}

async function compileAll(recipe: Recipe, workshop: string, onProgress: BuildProgress): Promise<string[]> {
  await mkdir(join(workshop, "objects"));
  const jobs = [
    ...recipe.engineSources.map((source) => ({ source, flags: recipe.engineFlags })),
    ...recipe.hostSources.map((source) => ({ source, flags: [] })),
  ];
  const objects: string[] = [];
  let started = 0;
  const work = async (): Promise<void> => {
    for (let job = jobs[started++]; job; job = jobs[started++]) {
      onProgress(`compiling the XS engine, once only: ${started} of ${jobs.length}`);
      const object = join(workshop, "objects", `${basename(job.source, ".c")}.o`);
      await compile(recipe, [...recipe.flags, ...job.flags, "-c", job.source, "-o", object]);
      objects.push(object);
    }
  };
  await Promise.all(Array.from({ length: parallelJobs }, work));
  return objects;
}

async function compile(recipe: Recipe, options: readonly string[]): Promise<void> {
  try {
    await run(recipe.compiler, options);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const line = stderr?.split("\n").find((text) => text.includes("error")) ?? String(error);
    throw new Error(`the XS host does not compile: ${line.trim()}`, { cause: error });
  }
}
