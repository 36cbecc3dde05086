import type { Database } from "better-sqlite3";
import type { IdentityKind } from "../attempt/attempt-store.js";
import type { BeginEntry, EntryRow } from "./entry.js";

/** What the store asks of its own table. */
export interface RecordQueries {
  last(): Pick<EntryRow, "sequence" | "digest"> | undefined;
  insert(row: EntryRow): void;
  /** The hardware id that a value belongs to. */
  ownerOf(kind: IdentityKind, value: string): string | undefined;
  claimsOf(hardwareId: string, kind: IdentityKind): readonly string[];
  /** The entry of a finished attempt. */
  attemptText(attemptId: string): string | undefined;
  /** The attempts that were begun and have no end. */
  openAttempts(): readonly BeginEntry[];
  /** The unit for which an attempt made keys. */
  hardwareOfKeys(attemptId: string): string | undefined;
}

export function recordQueries(database: Database): RecordQueries {
  const last = database.prepare("SELECT sequence, digest FROM entry ORDER BY sequence DESC LIMIT 1");
  const insert = database.prepare("INSERT INTO entry VALUES (:sequence, :body, :digest)");
  const owner = database
    .prepare(
      "SELECT body ->> '$.hardwareId' FROM entry WHERE body ->> '$.type' = 'claim' " +
        "AND body ->> '$.kind' = ? AND body ->> '$.value' = ?",
    )
    .pluck();
  const claims = database
    .prepare(
      "SELECT body ->> '$.value' FROM entry WHERE body ->> '$.type' = 'claim' " +
        "AND body ->> '$.hardwareId' = ? AND body ->> '$.kind' = ? ORDER BY sequence",
    )
    .pluck();
  const attempt = database
    .prepare("SELECT body FROM entry WHERE body ->> '$.type' = 'attempt' AND body ->> '$.attempt.id' = ?")
    .pluck();
  const open = database
    .prepare(
      "SELECT body FROM entry AS begun WHERE body ->> '$.type' = 'begin' AND NOT EXISTS (" +
        "SELECT 1 FROM entry WHERE body ->> '$.type' = 'attempt' " +
        "AND body ->> '$.attempt.id' = begun.body ->> '$.attemptId') ORDER BY sequence",
    )
    .pluck();
  const keys = database
    .prepare(
      "SELECT body ->> '$.hardwareId' FROM entry WHERE body ->> '$.type' = 'key' " +
        "AND body ->> '$.attemptId' = ? ORDER BY sequence DESC LIMIT 1",
    )
    .pluck();
  return {
    last: () => last.get() as EntryRow | undefined,
    insert: (row) => {
      insert.run(row);
    },
    ownerOf: (kind, value) => owner.get(kind, value) as string | undefined,
    claimsOf: (hardwareId, kind) => claims.all(hardwareId, kind) as string[],
    attemptText: (attemptId) => attempt.get(attemptId) as string | undefined,
    openAttempts: () => open.all().map((body) => JSON.parse(String(body)) as BeginEntry),
    hardwareOfKeys: (attemptId) => keys.get(attemptId) as string | undefined,
  };
}
