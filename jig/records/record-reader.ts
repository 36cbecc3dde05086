import type { Database } from "better-sqlite3";
import type { Attempt } from "../attempt/attempt.js";
import { openForReading } from "./database.js";
import type { AttemptEntry, ClaimEntry, KeyEntry } from "./entry.js";
import type { Genealogy, UnitAttempt } from "./genealogy.js";
import { explainDatabaseError } from "./records-error.js";
import { type StoredAttempt, fromStored } from "./stored-attempt.js";

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

  /** Every attempt that has ended, in the order in which they ended. */
  *attempts(): Generator<RecordedAttempt> {
    for (const { sequence, digest, body } of this.#rows("WHERE body ->> '$.type' = 'attempt'"))
      yield {
        sequence,
        digest: digest.toString("hex"),
        attempt: fromStored((JSON.parse(body) as AttemptEntry).attempt),
      };
  }

  /** Keys as the head-end can open them: every unit's, or those of one. */
  *keys(hardwareId?: string): Generator<RecordedKeys> {
    const passed = this.#database
      .prepare(
        "SELECT count(*) FROM entry WHERE body ->> '$.type' = 'attempt' AND body ->> '$.attempt.id' = ? " +
          "AND body ->> '$.attempt.outcome' = 'PASS' AND body ->> '$.attempt.unit.keyId' = ?",
      )
      .pluck();
    const ofUnit = hardwareId === undefined ? "" : "AND body ->> '$.hardwareId' = ?";
    const values = hardwareId === undefined ? [] : [hardwareId];
    for (const keys of this.#bodies<KeyEntry>(`WHERE body ->> '$.type' = 'key' ${ofUnit}`, ...values))
      yield { ...keys, isInUse: passed.get(keys.attemptId, keys.keyId) === 1 };
  }

  /**
   * What is known of a unit.
   * @param identifier its hardware id, serial number, IMEI, ICCID or one of its key ids
   * @returns undefined when it belongs to no unit.
   */
  unit(identifier: string): Genealogy | undefined {
    const hardwareId = this.#owner(identifier);
    if (hardwareId === undefined) return undefined;
    const ofUnit = "AND body ->> '$.hardwareId' = ?";
    const claims = this.#bodies<ClaimEntry>(`WHERE body ->> '$.type' = 'claim' ${ofUnit}`, hardwareId);
    const attempts = this.#bodies<AttemptEntry>(
      "WHERE body ->> '$.type' = 'attempt' AND body ->> '$.attempt.unit.hardwareId' = ?",
      hardwareId,
    );
    return {
      hardwareId,
      identities: [...claims].map(({ kind, value }) => ({ kind, value })),
      keys: [...this.keys(hardwareId)].map(({ keyId, attemptId, isInUse }) => ({
        keyId,
        attemptId,
        isInUse,
      })),
      attempts: [...attempts].map(({ attempt }) => unitAttempt(attempt)),
    };
  }

  close(): void {
    this.#database.close();
  }

  #owner(identifier: string): string | undefined {
    return this.#database
      .prepare(
        "SELECT body ->> '$.hardwareId' FROM entry WHERE body ->> '$.type' = 'claim' AND body ->> '$.value' = :it " +
          "UNION ALL SELECT body ->> '$.hardwareId' FROM entry WHERE body ->> '$.type' = 'key' " +
          "AND body ->> '$.keyId' = :it " +
          "UNION ALL SELECT body ->> '$.attempt.unit.hardwareId' FROM entry WHERE body ->> '$.type' = 'attempt' " +
          "AND body ->> '$.attempt.unit.hardwareId' = :it LIMIT 1",
      )
      .pluck()
      .get({ it: identifier }) as string | undefined;
  }

  *#bodies<Body>(where: string, ...values: readonly string[]): Generator<Body> {
    for (const { body } of this.#rows(where, values)) yield JSON.parse(body) as Body;
  }

  *#rows(
    where: string,
    values: readonly string[] = [],
  ): Generator<{ sequence: number; digest: Buffer; body: string }> {
    try {
      const statement = this.#database.prepare(
        `SELECT sequence, digest, body FROM entry ${where} ORDER BY sequence`,
      );
      yield* statement.iterate(...values) as IterableIterator<{
        sequence: number;
        digest: Buffer;
        body: string;
      }>;
    } catch (error) {
      throw explainDatabaseError(error, this.#path);
    }
  }
}

function unitAttempt({
  id,
  station,
  slot,
  startedAtMilliseconds,
  outcome,
  reason,
}: StoredAttempt): UnitAttempt {
  return { id, station, slot, startedAtMilliseconds, outcome, ...(reason === undefined ? {} : { reason }) };
}
