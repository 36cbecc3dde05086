import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Calls in the constructor and the destructor of Node's ObjectWrap. */
const cleanupHooks = /^\s*(Add|Remove)CleanupHook\(\);\n/gm;

/**
 * What npm has to know about Node's headers to compile an addon, as environment variables. Many installations of Node
 * bring them along; nothing is downloaded then.
 *
 * From Node 24.19 on an addon's object has a hook that it removes when it is collected as garbage. Where no context is
 * entered just then, Node 24 aborts (https://github.com/nodejs/node/issues/65446); a station would die at any moment.
 * The addon is compiled without those hooks, as for every Node before.
 * @param prefix the folder of Node's installation
 * @param folder for a header that was changed
 */
export function headerSettings(
  prefix: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Record<string, string> {
  const header = join(prefix, "include", "node", "node_object_wrap.h");
  if (!existsSync(header)) return {};
  const text = readFileSync(header, "utf8");
  const changed = text.replace(cleanupHooks, "");
  const settings = { npm_config_nodedir: prefix };
  if (changed === text) return settings;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `object-wrap-${process.version}.h`);
  writeFileSync(path, changed);
  // Included before anything else: the guard in it keeps Node's own out.
  return { ...settings, CXXFLAGS: `${environment["CXXFLAGS"] ?? ""} -include '${path}'` };
}
