import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectFolder } from "../../sim/engines/build/project-folder.js";

type Environment = Readonly<NodeJS.ProcessEnv>;

/** The SDK's name for this host, in the paths of its tools. */
const hostNames: Readonly<Partial<Record<NodeJS.Platform, string>>> = Object.freeze({
  linux: "lin",
  darwin: "mac",
});

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
export function missingTools(environment: Environment): string | undefined {
  const missing = (["MODDABLE", "IDF_PATH"] as const).flatMap((name) => {
    const { what, where } = sources[name];
    const folder = environment[name] ?? "";
    if (folder === "") return [`${name} is not set; it names the folder of ${what}, from ${where}`];
    return existsSync(folder)
      ? []
      : [`${name} names ${folder}, which is not there; it takes ${what}, from ${where}`];
  });
  if (missing.length > 0) return missing.join("; ");
  if (findMcconfig(environment) !== undefined) return undefined;
  const host = hostNames[process.platform] ?? "lin";
  return `mcconfig is not built: run \`make\` in ${environment["MODDABLE"] ?? ""}/build/makefiles/${host}`;
}

/** The path of `mcconfig`, on the search path or in the SDK. */
export function findMcconfig(environment: Environment): string | undefined {
  return searchFolders(environment)
    .map((folder) => join(folder, "mcconfig"))
    .find((path) => existsSync(path));
}

/** With the SDK's tools and the project's TypeScript on the search path, for `mcconfig` calls them by name. */
export function toolEnvironment(environment: Environment): NodeJS.ProcessEnv {
  const folders = [join(projectFolder(), "node_modules", ".bin"), ...searchFolders(environment)];
  return { ...environment, PATH: folders.join(delimiter) };
}

function searchFolders(environment: Environment): string[] {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const host = hostNames[process.platform];
  const moddable = environment["MODDABLE"] ?? "";
  if (host === undefined || moddable === "") return folders;
  return [...folders, join(moddable, "build", "bin", host, "release")];
}
