import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type Database from "better-sqlite3";
import { openDatabase } from "./addon.js";
import { RecordsError, explainDatabaseError } from "./records-error.js";
import { applicationId, schema, schemaVersion } from "./schema.js";

export interface WritableDatabase {
  readonly database: Database.Database;
  close(): void;
}

/**
 * Opens the records for the one station that adds to them, and makes them where there are none. A transaction that
 * was committed survives the loss of power: the write-ahead log is synced at each one.
 * @param maximumByteLength the file grows no further; without it, as far as the disk goes
 * @throws {RecordsError} when another station has it open, or it is no such database, or of another version.
 */
export function openForStation(path: string, maximumByteLength?: number): WritableDatabase {
  if (!existsSync(dirname(resolve(path))))
    throw new RecordsError("unreadable", `${path}: there is no folder ${dirname(path)}; make it first`);
  requireNoFolder(path);
  const release = lockForStation(path);
  let database: Database.Database | undefined;
  try {
    database = openDatabase(path);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    // A REPLACE would otherwise remove a line without asking the trigger that forbids it.
    database.pragma("recursive_triggers = ON");
    prepareSchema(database, path);
    if (maximumByteLength !== undefined) limitSize(database, maximumByteLength);
  } catch (error) {
    database?.close();
    release();
    throw explainDatabaseError(error, path);
  }
  const opened = database;
  return {
    database: opened,
    close: () => {
      opened.close();
      release();
    },
  };
}

/**
 * Opens the records to read them, beside a station that may be adding to them.
 * @throws {RecordsError} when there are none, or they are of another version.
 */
export function openForReading(path: string): Database.Database {
  if (!existsSync(path)) throw new RecordsError("missing", `${path}: there is no such file; check the path`);
  requireNoFolder(path);
  let database: Database.Database | undefined;
  try {
    database = openDatabase(path, { readonly: true, fileMustExist: true });
    checkVersion(database, path);
    return database;
  } catch (error) {
    database?.close();
    throw explainDatabaseError(error, path);
  }
}

function requireNoFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false)
    throw new RecordsError("unreadable", `${path}: is a folder; name a file`);
}

/**
 * Two stations on one database are refused. A station that starts closes the attempts that it finds open, because it
 * takes them for its own from before a power failure: beside another station it would abort units under test. The
 * lock is the operating system's, on a file beside the database, and goes with the process, however that ends.
 */
function lockForStation(path: string): () => void {
  const lockPath = `${realPath(path)}-station`;
  let lock: Database.Database | undefined;
  try {
    lock = openDatabase(lockPath, { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock?.close();
    const explained = explainDatabaseError(error, path);
    if (!(explained instanceof RecordsError) || explained.code !== "busy") throw explained;
    throw new RecordsError(
      "busy",
      `${path}: another station has it open; stop that one, or give this station a database of its own ` +
        "(reports can be merged)",
      error,
    );
  }
  const held = lock;
  return () => {
    held.close();
  };
}

/** Where the file is, or will be, past links, so that two names of one file share a lock. */
function realPath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  return join(realpathSync(dirname(absolute)), basename(absolute));
}

function prepareSchema(database: Database.Database, path: string): void {
  const isNew = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;
  if (isNew && database.pragma("user_version", { simple: true }) === 0)
    database.transaction(() => database.exec(schema))();
  checkVersion(database, path);
}

function checkVersion(database: Database.Database, path: string): void {
  if (database.pragma("application_id", { simple: true }) !== applicationId)
    throw new RecordsError("foreign", `${path}: is no database of Tally's records; name another file`);
  const version = database.pragma("user_version", { simple: true });
  if (version !== schemaVersion)
    throw new RecordsError(
      "other-version",
      `${path}: its schema has version ${String(version)}, this Tally knows version ${schemaVersion}; ` +
        "use the Tally that wrote it, or start a new database",
    );
}

function limitSize(database: Database.Database, byteLength: number): void {
  const pageSize = Number(database.pragma("page_size", { simple: true }));
  database.pragma(`max_page_count = ${Math.max(1, Math.floor(byteLength / pageSize))}`);
}
