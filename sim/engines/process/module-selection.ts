import { join } from "node:path";
import { projectFolder } from "../build/project-folder.js";

/** The modules that an engine with a process of its own runs. */
export interface ModuleSelection {
  /** A folder of compiled JavaScript; nothing outside it is read. */
  readonly moduleFolder: string;
  /** The module to begin with, relative to that folder. Its default export takes the events. */
  readonly rootModule: string;
}

/** The firmware, as `npm run build` has compiled it. */
export function firmwareModules(): ModuleSelection {
  return { moduleFolder: join(projectFolder(), "dist"), rootModule: "sim/engines/process/root.js" };
}
