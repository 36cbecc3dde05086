import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import type { Need } from "../../setup/needs.js";

/** A PostgreSQL of its own, on a socket in a folder of its own. */
export class PostgresqlServer {
  #folder = mkdtempSync(join(tmpdir(), "tally-postgresql-"));
  #tools = toolsFolder() ?? "";
  /** The server refuses to run as root. */
  #user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

  constructor() {
    if (this.#user.uid !== undefined) chownSync(this.#folder, this.#user.uid, this.#user.gid);
    const data = join(this.#folder, "data");
    this.#run("initdb", ["--auth=trust", "--username=tally", "--encoding=UTF8", "--no-sync", data]);
    const options = `-k ${this.#folder} -c listen_addresses= -c fsync=off`;
    this.#run("pg_ctl", ["start", "--wait", "-D", data, "-l", join(this.#folder, "log"), "-o", options]);
  }

  /** What psql prints, rows as lines and cells parted by a bar; a failing statement is an error. */
  query(sql: string): string {
    const args = [
      "-h",
      this.#folder,
      "-U",
      "tally",
      "-d",
      "postgres",
      "-v",
      "ON_ERROR_STOP=1",
      "-qAtX",
      "-f",
      "-",
    ];
    return this.#run("psql", args, sql).stdout.trim();
  }

  stop(): void {
    this.#run("pg_ctl", ["stop", "--wait", "-m", "immediate", "-D", join(this.#folder, "data")]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(tool: string, args: readonly string[], input = ""): SpawnSyncReturns<string> {
    const result = spawnSync(join(this.#tools, tool), args, {
      encoding: "utf8",
      input,
      cwd: this.#folder,
      // A server that stays behind must not hold the pipes of the tool that started it.
      stdio: tool === "pg_ctl" ? "ignore" : "pipe",
      ...this.#user,
    });
    if (result.status !== 0) throw new Error(`${tool} failed: ${result.stderr}`);
    return result;
  }
}

/** A server to start. */
export function needsPostgresql(): Need {
  const missing =
    toolsFolder() === undefined ? "there is no PostgreSQL (Debian: apt-get install postgresql)" : undefined;
  return { missing, isInstalledByCi: true };
}

/** The folder of the server's programs; undefined where there is none. */
function toolsFolder(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    ...list(debian).map((version) => join(debian, version, "bin")),
  ];
  return folders.find((folder) => ["initdb", "pg_ctl", "psql"].every((tool) => list(folder).includes(tool)));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
