import type { Database } from "better-sqlite3";
import type { Attempt } from "../attempt/attempt.js";
import { openForReading } from "./database.js";
import type { AttemptEntry, KeyEntry, OriginEntry } from "./entry.js";
import { RecordsError, explainDatabaseError } from "./records-error.js";
import { fromStored } from "./stored-attempt.js";

/** An attempt with its place in the chain. */
export interface RecordedAttempt {
  readonly sequence: number;
  /** Of its entry, hexadecimal. */
  readonly digest: string;
  readonly attempt: Attempt;
}

export interface RecordedKeys extends KeyEntry {
  /** Whether the unit passed with them; keys that are not in use are spent. */
  readonly isInUse: boolean;
}

/** Reads a station's records as they are at one moment, also while the station adds to them. */
export class RecordReader {
  #path: string;
  #database: Database;

  /** @throws {RecordsError} when the file is no such database. */
  constructor(path: string) {
    this.#path = path;
    this.#database = openForReading(path);
    this.#database.exec("BEGIN");
  }

  origin(): OriginEntry {
    const [origin] = this.#bodies<OriginEntry>("WHERE sequence = 1");
    if (!origin) throw new RecordsError("broken", `${this.#path}: has no first entry`);
    return origin;
  }

  /** Every attempt that has ended, in the order in which they ended. */
  *attempts(): Generator<RecordedAttempt> {
    for (const { sequence, digest, body } of this.#rows("WHERE body ->> '$.type' = 'attempt'"))
      yield {
        sequence,
        digest: digest.toString("hex"),
        attempt: fromStored((JSON.parse(body) as AttemptEntry).attempt),
      };
  }

  /** Every unit's keys, as the head-end can open them. */
  *keys(): Generator<RecordedKeys> {
    const passed = this.#database
      .prepare(
        "SELECT count(*) FROM entry WHERE body ->> '$.type' = 'attempt' AND body ->> '$.attempt.id' = ? " +
          "AND body ->> '$.attempt.outcome' = 'PASS' AND body ->> '$.attempt.unit.keyId' = ?",
      )
      .pluck();
    for (const keys of this.#bodies<KeyEntry>("WHERE body ->> '$.type' = 'key'"))
      yield { ...keys, isInUse: passed.get(keys.attemptId, keys.keyId) === 1 };
  }

  close(): void {
    this.#database.close();
  }

  *#bodies<Body>(where: string): Generator<Body> {
    for (const { body } of this.#rows(where)) yield JSON.parse(body) as Body;
  }

  *#rows(where: string): Generator<{ sequence: number; digest: Buffer; body: string }> {
    try {
      const statement = this.#database.prepare(
        `SELECT sequence, digest, body FROM entry ${where} ORDER BY sequence`,
      );
      yield* statement.iterate() as IterableIterator<{ sequence: number; digest: Buffer; body: string }>;
    } catch (error) {
      throw explainDatabaseError(error, this.#path);
    }
  }
}
