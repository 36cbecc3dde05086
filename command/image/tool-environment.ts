import { delimiter, join } from "node:path";
import { searchFolders } from "#bin/sdk.js";
import { projectFolder } from "../../sim/engines/build/project-folder.js";

/** With the SDK's tools and the project's TypeScript on the search path, for `mcconfig` calls them by name. */
export function toolEnvironment(environment: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  const folders = [join(projectFolder(), "node_modules", ".bin"), ...searchFolders(environment)];
  return { ...environment, PATH: folders.join(delimiter) };
}
