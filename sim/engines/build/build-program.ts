import { execFile } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { engineFlags, engineSources } from "./engine-sources.js";
import { isKept, keep } from "./kept-file.js";
import { projectFolder } from "./project-folder.js";

const run = promisify(execFile);

/** Told in one line what is being done, because the first build takes a while. */
export type BuildProgress = (message: string) => void;

/** What makes C into a program of one kind of machine. */
export interface Toolchain {
  readonly compiler: string;
  /** For compiling and linking alike. */
  readonly flags: readonly string[];
  readonly compileFlags: readonly string[];
  readonly linkFlags: readonly string[];
  /** What to do where there is no such compiler, in one line. */
  readonly remedy: string;
}

/** A program around the engine. */
export interface Program {
  /** Of its file. */
  readonly name: string;
  /** As a person knows it. */
  readonly title: string;
  readonly toolchain: Toolchain;
  /** Folders of C files, all of which belong to the program, and of their headers. */
  readonly folders: readonly string[];
  /** Further C files of the program. */
  readonly sources?: readonly string[];
  /** Further folders of headers, with those in them. */
  readonly headerFolders?: readonly string[];
  /** For what is compiled beside the engine. */
  readonly ownFlags?: readonly string[];
  /** Files that the linker takes besides the objects, each after its flags. */
  readonly linked: readonly { readonly flags: readonly string[]; readonly file: string }[];
}

interface Job {
  readonly source: string;
  readonly flags: readonly string[];
  readonly object: string;
}

const parallelJobs = 2;

/**
 * Compiles the XS engine of the package `@moddable/runtime` and the files of `program` and links them, all but what
 * has been done before: results are kept in build/, named by a hash of all that they are made from. Two processes may
 * do the same at the same time.
 * @returns the path of the program.
 * @throws {Error} with one line when there is no compiler or it fails.
 */
export async function buildProgram(
  program: Program,
  onProgress: BuildProgress = () => undefined,
): Promise<string> {
  const jobs = await planJobs(program);
  const { linked, toolchain, name } = program;
  const hash = createHash("sha256").update(JSON.stringify([jobs.map(({ object }) => object), toolchain]));
  for (const { flags, file } of linked) hash.update(JSON.stringify(flags)).update(readFileSync(file));
  const folder = join(buildFolder("programs"), digest(hash));
  const path = join(folder, name);
  if (isKept(path, constants.X_OK)) return path;
  await compileAll(program, jobs, onProgress);
  onProgress(`linking ${program.title}`);
  await inWorkshop(async (workshop) => {
    const inputs = [
      ...jobs.map(({ object }) => object),
      ...linked.flatMap(({ flags, file }) => [...flags, file]),
      ...toolchain.linkFlags,
    ];
    const result = join(workshop, name);
    await compile(program, [...toolchain.flags, ...inputs, "-o", result]);
    await keep(result, path);
  });
  return path;
}

/** A folder of build/ for what is made by name or by hash. */
export function buildFolder(kind: string): string {
  return join(projectFolder(), "build", kind);
}

/** Enough of a hash to name a file by. */
export function digest(hash: Hash): string {
  return hash.digest("hex").slice(0, 16);
}

/** Hands over a folder of build/ that is gone afterwards; what is renamed out of it into build/ stays. */
export async function inWorkshop<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  await mkdir(buildFolder("making"), { recursive: true });
  const workshop = await mkdtemp(join(buildFolder("making"), "x"));
  try {
    return await work(workshop);
  } finally {
    await rm(workshop, { recursive: true });
  }
}

async function planJobs(program: Program): Promise<Job[]> {
  const { toolchain, folders, sources = [], headerFolders: further = [], ownFlags = [] } = program;
  const compiler = await compilerIdentity(toolchain);
  const jobsOf = (headerFolders: readonly string[], sources: readonly string[], more: readonly string[]) => {
    const flags = [...toolchain.flags, ...toolchain.compileFlags, ...engineFlags, ...more];
    flags.push(...headerFolders.flatMap((folder) => ["-I", folder]));
    const common = createHash("sha256").update(JSON.stringify([compiler, flags]));
    for (const header of headerFolders.flatMap(headersIn))
      common.update(basename(header)).update(readFileSync(header));
    return sources.map((source): Job => {
      const hash = common.copy();
      for (const path of withIncludedSources(source, headerFolders)) hash.update(readFileSync(path));
      const object = join(buildFolder("objects"), `${basename(source, ".c")}-${digest(hash)}.o`);
      return { source, flags, object };
    });
  };
  const ownFolders = [platformFolder(), ...folders];
  return [
    ...jobsOf([platformFolder()], engineSources(), ["-w"]),
    ...jobsOf(
      [...ownFolders, ...further],
      [...ownFolders.flatMap((folder) => filesIn(folder, ".c")), ...sources],
      ownFlags,
    ),
  ];
}

/** What the engine needs to know about the place it runs in: all of ours that its own files see. */
function platformFolder(): string {
  return join(projectFolder(), "sim", "engines", "platform");
}

/** A C file with those that it includes, which are compiled as a part of it. */
function withIncludedSources(source: string, folders: readonly string[]): string[] {
  const names = readFileSync(source, "utf8").matchAll(/^#include "(.+\.c)"/gm);
  const paths = [...names].map(([, name = ""]) =>
    [dirname(source), ...folders].map((folder) => join(folder, name)).find((path) => existsSync(path)),
  );
  return [source, ...paths.filter((path) => path !== undefined)];
}

function headersIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".h") && !isHidden(name))
    .sort()
    .map((name) => join(folder, name));
}

function filesIn(folder: string, ending: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending) && !isHidden(name));
  return names.sort().map((name) => join(folder, name));
}

/** An editor's lock or copy, which may be a link that leads nowhere. */
function isHidden(name: string): boolean {
  return basename(name).startsWith(".");
}

/**
 * What a compiler is, and the machine that it compiles for: build/ may be shared by several, and its programs start on
 * their own only.
 * @throws {Error} with the remedy when there is none.
 */
export async function compilerIdentity({ compiler, remedy }: Pick<Toolchain, "compiler" | "remedy">) {
  try {
    const answers = await Promise.all([run(compiler, ["--version"]), run(compiler, ["-dumpmachine"])]);
    return answers.map(({ stdout }) => stdout);
  } catch (error) {
    throw new Error(remedy, { cause: error });
  }
}

async function compileAll(program: Program, jobs: readonly Job[], onProgress: BuildProgress): Promise<void> {
  await mkdir(buildFolder("objects"), { recursive: true });
  const missing = jobs.filter(({ object }) => !isKept(object));
  let started = 0;
  await inWorkshop(async (workshop) => {
    const work = async (): Promise<void> => {
      for (let job = missing[started++]; job; job = missing[started++]) {
        onProgress(`compiling ${program.title}, once only: ${started} of ${missing.length}`);
        const object = join(workshop, basename(job.object));
        await compile(program, [...job.flags, "-c", job.source, "-o", object]);
        // Which lines there are to count, of a program that counts them.
        if (existsSync(notesOf(object))) await rename(notesOf(object), notesOf(job.object));
        await keep(object, job.object);
      }
    };
    await Promise.all(Array.from({ length: parallelJobs }, work));
  });
}

/** Where the compiler puts what a later count of lines is read with. */
function notesOf(object: string): string {
  return object.replace(/\.o$/, ".gcno");
}

async function compile({ toolchain, title }: Program, options: readonly string[]): Promise<void> {
  try {
    await run(toolchain.compiler, options);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const line = stderr?.split("\n").find((text) => text.includes("error")) ?? String(error);
    throw new Error(`${title} does not compile: ${line.trim()}`, { cause: error });
  }
}
