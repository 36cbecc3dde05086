import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import process from "node:process";

/*
 * Where the Moddable SDK and ESP-IDF are, and which. Plain JavaScript, because the launcher asks before it compiles
 * anything.
 */

/** The SDK's name for this host, in the paths of its tools. */
const hostNames = Object.freeze({ linux: "lin", darwin: "mac" });

/** What Tally was built and checked with: other versions have other headers, tools and costs. */
const sources = Object.freeze({
  MODDABLE: {
    what: "the Moddable SDK",
    checked: "8.2",
    tag: "8.2.3",
    where: "https://github.com/Moddable-OpenSource/moddable",
    versionOf: (folder) => firstMatch(join(folder, "tools", "VERSION"), /^(\d+\.\d+\.\d+)/),
  },
  IDF_PATH: {
    what: "ESP-IDF",
    checked: "6.0",
    tag: "v6.0",
    where: "https://github.com/espressif/esp-idf",
    versionOf: (folder) =>
      firstMatch(
        join(folder, "tools", "cmake", "version.cmake"),
        /_MAJOR (\d+)\)[^]*_MINOR (\d+)\)[^]*_PATCH (\d+)\)/,
      ),
  },
});

/**
 * One line that says what is missing to build for a board, or is of another version, and what to do; undefined when
 * nothing is.
 */
export function missingTools(environment) {
  const problems = Object.keys(sources).map((name) => problemOf(name, environment));
  return joined(problems) ?? missingMcconfig(environment);
}

/** The same for what needs the SDK alone: ESP-IDF may be missing, but must not be a wrong one. */
export function missingSdk(environment) {
  const idf = hasIdf(environment) ? problemOf("IDF_PATH", environment) : undefined;
  return joined([problemOf("MODDABLE", environment), idf]) ?? missingMcconfig(environment);
}

/** Whether somebody says where ESP-IDF is. */
export function hasIdf(environment) {
  return (environment.IDF_PATH ?? "") !== "";
}

/** What is there, as three numbers each; undefined where there is none. */
export function sdkVersions(environment) {
  const version = (name) => {
    const folder = environment[name] ?? "";
    return folder === "" ? undefined : sources[name].versionOf(folder);
  };
  return { moddable: version("MODDABLE"), idf: version("IDF_PATH") };
}

/** The path of `mcconfig`, on the search path or in the SDK. */
export function findMcconfig(environment) {
  return searchFolders(environment)
    .map((folder) => join(folder, "mcconfig"))
    .find((path) => canRun(path));
}

/** A file that lies there without the right to be run is passed over by the system, too. */
function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Where the SDK's tools may be: the search path, and the SDK itself. */
export function searchFolders(environment) {
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const host = hostNames[process.platform];
  const moddable = environment.MODDABLE ?? "";
  if (host === undefined || moddable === "") return folders;
  return [...folders, join(resolve(moddable), "build", "bin", host, "release")];
}

function problemOf(name, environment) {
  const { what, checked, tag, where, versionOf } = sources[name];
  const folder = environment[name] ?? "";
  const source = `${what} ${checked}, from ${where} (tag ${tag})`;
  if (folder === "") return `${name} is not set; it names the folder of ${source}`;
  if (!existsSync(folder)) return `${name} names ${folder}, which is not there; it takes ${source}`;
  const version = versionOf(folder);
  if (version === undefined) return `${name} names ${folder}, which is not ${what}; it takes ${source}`;
  if (version.startsWith(`${checked}.`)) return undefined;
  return `${name} names ${what} ${version}, and Tally was checked with ${checked}: check out tag ${tag} in ${folder}`;
}

function joined(problems) {
  const told = problems.filter((problem) => problem !== undefined);
  return told.length > 0 ? told.join("; ") : undefined;
}

function missingMcconfig(environment) {
  if (findMcconfig(environment) !== undefined) return undefined;
  const host = hostNames[process.platform] ?? "lin";
  const there = searchFolders(environment)
    .map((folder) => join(folder, "mcconfig"))
    .find((path) => existsSync(path));
  if (there !== undefined) return `${there} can't be run: \`chmod +x\` it, or build the SDK's tools anew`;
  return `mcconfig is not built: run \`make\` in ${environment.MODDABLE}/build/makefiles/${host}`;
}

/** The groups of a pattern in a file, with dots between; undefined where there is no such file or text. */
function firstMatch(path, pattern) {
  if (!existsSync(path)) return undefined;
  return pattern.exec(readFileSync(path, "utf8"))?.slice(1).join(".");
}
