import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

/*
 * Where the Moddable SDK and ESP-IDF are. Plain JavaScript, because the launcher asks before it compiles anything.
 */

/** The SDK's name for this host, in the paths of its tools. */
const hostNames = Object.freeze({ linux: "lin", darwin: "mac" });

const sources = Object.freeze({
  MODDABLE: {
    what: "the Moddable SDK 8.2",
    where: "https://github.com/Moddable-OpenSource/moddable",
  },
  IDF_PATH: {
    what: "ESP-IDF 6.0",
    where: "https://github.com/espressif/esp-idf (tag v6.0)",
  },
});

/** One line that says what is missing to build for a board and where to get it; undefined when nothing is. */
export function missingTools(environment) {
  const missing = Object.entries(sources).flatMap(([name, { what, where }]) => {
    const folder = environment[name] ?? "";
    if (folder === "") return [`${name} is not set; it names the folder of ${what}, from ${where}`];
    return existsSync(folder)
      ? []
      : [`${name} names ${folder}, which is not there; it takes ${what}, from ${where}`];
  });
  if (missing.length > 0) return missing.join("; ");
  if (findMcconfig(environment) !== undefined) return undefined;
  const host = hostNames[process.platform] ?? "lin";
  return `mcconfig is not built: run \`make\` in ${environment.MODDABLE}/build/makefiles/${host}`;
}

/** The path of `mcconfig`, on the search path or in the SDK. */
export function findMcconfig(environment) {
  return searchFolders(environment)
    .map((folder) => join(folder, "mcconfig"))
    .find((path) => existsSync(path));
}

/** Where the SDK's tools may be: the search path, and the SDK itself. */
export function searchFolders(environment) {
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const host = hostNames[process.platform];
  const moddable = environment.MODDABLE ?? "";
  if (host === undefined || moddable === "") return folders;
  return [...folders, join(moddable, "build", "bin", host, "release")];
}
