import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";

/*
 * Brings dist/ up to date with the sources. Each file is compiled by itself and only when its text has changed, so
 * that nobody waits and nothing old is ever run; `tsconfig.json` (isolatedModules) sees to it that a file needs no
 * other to be compiled. Types are for `npm run check`. This is plain JavaScript because it runs before anything is
 * compiled.
 */

/** Folders of what is compiled; dist/ mirrors them. */
const folders = Object.freeze([
  "firmware",
  "drivers",
  "hal",
  "manifests",
  "sim",
  "jig",
  "command",
  "tests/bench",
  // With what stands there the benchmarks talk to units.
  "tests/sim/unit",
]);

/** The sources can't be compiled. The message is one line and says what to do. */
export class CompileError extends Error {
  name = "CompileError";
}

/**
 * What there is to do.
 * @param project the folder of package.json
 */
export function planOf(project) {
  const texts = readSources(project);
  const record = readRecord(project);
  const present = new Set(filesIn(join(project, "dist")));
  const expected = new Set([...texts.keys()].map(compiledName));
  const compiler = compilerText(project);
  const sources = [...texts].map(([name, text]) => ({ name, text, digest: digestOf(compiler, text) }));
  const isCurrent = ({ name, digest }) =>
    record[name]?.source === digest &&
    present.has(compiledName(name)) &&
    record[name].output === digestOf(readFileSync(join(project, "dist", compiledName(name))));
  return {
    sources,
    /** Compiled never before, or changed since, or no longer in dist/ as it was compiled. */
    stale: sources.filter((source) => !isCurrent(source)),
    /** In dist/ without a source; it would be run, and counted in the firmware's checksums. */
    left: [...present].filter((name) => !expected.has(name)),
    isFirst: present.size === 0,
  };
}

/** Whether dist/ is what the sources say. */
export function isUpToDate({ stale, left }) {
  return stale.length === 0 && left.length === 0;
}

/**
 * Carries a plan out. Every file is put in its place whole and the record is written last, so that it may be
 * interrupted, and two may do it at once.
 * @throws {CompileError} when a source is no TypeScript, after all others have been compiled.
 */
export async function compile(project, { sources, stale, left }) {
  for (const name of left) rmSync(join(project, "dist", name), { force: true });
  const record = readRecord(project);
  const translate = stale.length > 0 ? await createTranslator(project) : undefined;
  const mistakes = new Map();
  for (const { name, text, digest } of stale) {
    const { outputText, mistake } = translate(name, text);
    if (mistake === undefined) {
      place(project, join("dist", compiledName(name)), outputText);
      record[name] = { source: digest, output: digestOf(outputText) };
    } else mistakes.set(name, mistake);
  }
  const compiled = sources.filter(({ name }) => !mistakes.has(name)).map(({ name }) => [name, record[name]]);
  place(project, recordName, `${JSON.stringify(Object.fromEntries(compiled), undefined, 1)}\n`);
  const [mistake] = mistakes.values();
  if (mistake === undefined) return;
  const more = mistakes.size > 1 ? ` (and ${mistakes.size - 1} more files)` : "";
  throw new CompileError(`${mistake}${more}`);
}

const recordName = join("build", "compiled.json");

function readSources(project) {
  const names = folders.flatMap((folder) =>
    filesIn(join(project, folder))
      .filter(isCompiled)
      .map((name) => join(folder, name)),
  );
  return new Map(names.map((name) => [name, readFileSync(join(project, name), "utf8")]));
}

function isCompiled(name) {
  return name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.endsWith(".test.ts");
}

/**
 * The digests of each source that dist/ was made from and of what was made of it, by its name; of none when the record
 * can't be read.
 */
function readRecord(project) {
  try {
    return { ...JSON.parse(readFileSync(join(project, recordName), "utf8")) };
  } catch {
    return {};
  }
}

/** What else decides what a source becomes. */
function compilerText(project) {
  const description = join(project, "node_modules", "typescript", "package.json");
  const { version } = existsSync(description) ? JSON.parse(readFileSync(description, "utf8")) : {};
  return `${version}\n${readFileSync(join(project, "tsconfig.json"), "utf8")}`;
}

function digestOf(...texts) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex").slice(0, 32);
}

/** A function that makes JavaScript of one file's text, or tells the first mistake in it. */
async function createTranslator(project) {
  const { default: ts } = await import("typescript");
  const { config } = ts.readConfigFile(join(project, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, project);
  // A file by itself doesn't know where it lies, and that package.json makes it a module.
  const compilerOptions = {
    ...options,
    rootDir: undefined,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  return (fileName, text) => {
    const { outputText, diagnostics } = ts.transpileModule(text, {
      fileName,
      compilerOptions,
      reportDiagnostics: true,
    });
    const [first] = diagnostics;
    if (first === undefined) return { outputText };
    // There are only mistakes of syntax, each of which has a place.
    const { line } = first.file.getLineAndCharacterOfPosition(first.start);
    const message = ts.flattenDiagnosticMessageText(first.messageText, " ");
    return { mistake: `${fileName}, line ${line + 1}: ${message}` };
  };
}

function compiledName(source) {
  return source.replace(/\.ts$/, ".js");
}

/** Beside dist/ first, so that nobody reads half a file. */
function place(project, name, text) {
  const path = join(project, name);
  const partial = join(project, "build", `compiling-${process.pid}`);
  for (const file of [path, partial]) mkdirSync(dirname(file), { recursive: true });
  writeFileSync(partial, text);
  try {
    renameSync(partial, path);
  } catch (error) {
    if (error.code !== "EXDEV") throw error;
    placeOnOtherDisk(partial, path);
  }
}

/** Where dist/ is a link or a mount: beside the file itself. */
function placeOnOtherDisk(partial, path) {
  const beside = `${path}.${process.pid}`;
  copyFileSync(partial, beside);
  renameSync(beside, path);
  rmSync(partial);
}

/** Names of all files in a folder and those below it, relative to it; none when there is no such folder. */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
