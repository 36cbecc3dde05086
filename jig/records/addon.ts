import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";

const require = createRequire(import.meta.url);
const packageDetails = require("better-sqlite3/package.json") as { version: string };

/** Of the package as it is installed, in this project's node_modules. */
export const packageFolder = dirname(require.resolve("better-sqlite3/package.json"));

/**
 * Where `npm run jig:prepare` keeps SQLite's addon, beyond the reach of `npm ci`. What it is compiled for is in its name.
 */
export function addonPath(): string {
  const { platform, arch, versions } = process;
  const name = `better-sqlite3-${packageDetails.version}-${platform}-${arch}-${versions.modules}.node`;
  return join(dirname(dirname(packageFolder)), "build", "addons", name);
}

/** Opens a database of SQLite with that addon. */
export function openDatabase(path: string, options: Database.Options = {}): Database.Database {
  return new Database(path, { ...options, nativeBinding: addonPath() });
}

/** Whether SQLite's addon is compiled and fits this Node; it is loaded when the first database is opened. */
export function isAddonThere(): boolean {
  try {
    openDatabase(":memory:").close();
    return true;
  } catch {
    return false;
  }
}
