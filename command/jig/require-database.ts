import { UsageError } from "../kit/usage-error.js";

/** @throws {UsageError} when no database was named. */
export function requireDatabase(command: string, database: string | undefined): string {
  if (database !== undefined) return database;
  throw new UsageError(`tally jig ${command} needs --database <file>: the station's records`);
}
