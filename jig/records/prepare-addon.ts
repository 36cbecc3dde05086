/**
 * Compiles SQLite's addon, which a plain `npm ci` leaves alone. `npm run jig:prepare`; with `-- --if-possible`, which is
 * how `npm test` runs it, one line is all that comes of it where the tools are missing.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { addonPath, isAddonThere, packageFolder } from "./addon.js";
import { headerSettings } from "./node-headers.js";

const isOptional = process.argv.includes("--if-possible");
if (!isAddonThere()) process.exitCode = compile();
else if (!isOptional) process.stdout.write("SQLite's addon is there.\n");

/** @returns the exit code. */
function compile(): number {
  process.stdout.write("compiling SQLite's addon, which takes a minute or two ...\n");
  const prefix = dirname(dirname(process.execPath));
  const headers = headerSettings(prefix, dirname(addonPath()), process.env);
  const { stdout, stderr } = spawnSync("npm", ["rebuild", "better-sqlite3", "--ignore-scripts=false"], {
    encoding: "utf8",
    env: { ...process.env, npm_config_build_from_source: "better-sqlite3", ...headers },
  });
  keep();
  if (isAddonThere()) {
    process.stdout.write("SQLite's addon is compiled.\n");
    return 0;
  }
  if (isOptional) {
    process.stderr.write(
      "SQLite's addon can't be compiled here, so that the tests of the records are skipped; `npm run jig:prepare` says why\n",
    );
    return 0;
  }
  process.stderr.write(
    `${stdout}${stderr}\n` +
      "error: SQLite's addon could not be compiled. It needs python3, make and g++ (Debian: apt-get install python3 " +
      "make g++) and Node's headers (libnode-dev where Node is Debian's; else nodejs.org must be in reach)\n",
  );
  return 1;
}

/** A process that looks for it meanwhile finds all of it or nothing. */
function keep(): void {
  const compiled = join(packageFolder, "build", "Release", "better_sqlite3.node");
  if (!existsSync(compiled)) return;
  const made = `${addonPath()}.${process.pid}`;
  mkdirSync(dirname(made), { recursive: true });
  copyFileSync(compiled, made);
  renameSync(made, addonPath());
}
