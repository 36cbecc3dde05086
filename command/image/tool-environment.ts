import { delimiter, join, resolve } from "node:path";
import { searchFolders } from "#bin/sdk.js";
import { projectFolder } from "../../sim/engines/build/project-folder.js";

/** With the SDK's tools and the project's TypeScript on the search path, for `mcconfig` calls them by name. */
export function toolEnvironment(environment: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  const folders = [join(projectFolder(), "node_modules", ".bin"), ...searchFolders(environment)];
  return { ...environment, ...wholePaths(environment), PATH: folders.join(delimiter) };
}

/** The tools are run in the project's folder, and run others elsewhere. */
function wholePaths(environment: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  const given = ["MODDABLE", "IDF_PATH"].filter((name) => (environment[name] ?? "") !== "");
  return Object.fromEntries(given.map((name) => [name, resolve(environment[name] ?? "")]));
}
