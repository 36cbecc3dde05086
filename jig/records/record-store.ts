import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Database } from "better-sqlite3";
import {
  type AttemptStart,
  type AttemptStore,
  type IdentityKind,
  IdentityTaken,
  type IssuedKeys,
  type KeyPurpose,
  keyPurposes,
} from "../attempt/attempt-store.js";
import type { Attempt } from "../attempt/attempt.js";
import { inWords } from "../attempt/words.js";
import { openForStation } from "./database.js";
import { type BeginEntry, type EntryBody, digestBeforeFirst, entryDigest, entryText } from "./entry.js";
import { KeyWrapping, keyContext } from "./key-wrapping.js";
import { type RecordQueries, recordQueries } from "./record-queries.js";
import { RecordsError, explainDatabaseError } from "./records-error.js";
import { toStored } from "./stored-attempt.js";

export interface RecordStoreOptions {
  /** The database's file; it is made where it is missing, its folder is not. */
  readonly path: string;
  /** The station's name, as it stands in the records. */
  readonly station: string;
  readonly headEndKey: {
    /** X25519 public key in PEM. */
    readonly pem: string;
    /** What messages call it, such as its file. */
    readonly name: string;
  };
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** From a source fit for keys. */
  readonly randomBytes: (byteLength: number) => Uint8Array;
  /** The file grows no further; without it, as far as the disk goes. */
  readonly maximumByteLength?: number;
  /** What the disk has left; the file system is asked where it is missing. */
  readonly freeByteLength?: () => number;
}

/** Room that has to be left before a unit is touched, so that what was tested can be written down. */
const headroomByteLength = 16 * 1024 * 1024;

const keyByteLength = 16;
const keyIdByteLength = 16;

/**
 * A station's records: every attempt, never altered, each line carrying a digest of the one before it. What a method
 * has returned survives the loss of power. Every method throws a `RecordsError`.
 */
export class RecordStore implements AttemptStore {
  /** The attempts that the station did not survive the last time, now closed as aborted. */
  readonly recovered: readonly Attempt[];
  #options: RecordStoreOptions;
  #wrapping: KeyWrapping;
  #database: Database;
  #queries: RecordQueries;
  #close: () => void;

  /** @throws {RecordsError} when another station has the database open, it can't be used, or the key is none. */
  constructor(options: RecordStoreOptions) {
    this.#options = options;
    this.#wrapping = new KeyWrapping(options.headEndKey.pem, options.headEndKey.name);
    const opened = openForStation(options.path, options.maximumByteLength);
    this.#database = opened.database;
    this.#close = () => {
      opened.close();
    };
    try {
      this.#queries = recordQueries(this.#database);
      this.recovered = this.#write(() => {
        this.#addOrigin();
        return this.#closeOpenAttempts();
      });
    } catch (error) {
      this.#close();
      throw error;
    }
  }

  begin({ id, slot, recipe, startedAtMilliseconds }: AttemptStart): void {
    this.#checkRoom();
    const entry: BeginEntry = {
      type: "begin",
      attemptId: id,
      station: this.#options.station,
      slot,
      recipe,
      atMilliseconds: startedAtMilliseconds,
    };
    this.#write(() => {
      this.#append(entry);
    });
  }

  claim(hardwareId: string, kind: IdentityKind, value: string): void {
    this.#write(() => {
      const owner = this.#queries.ownerOf(kind, value);
      if (owner === hardwareId) return;
      if (owner !== undefined)
        throw new IdentityTaken(`${inWords(kind)} ${value} belongs to another unit, ${owner}`);
      const serialNumber = kind === "serialNumber" ? this.#queries.claimsOf(hardwareId, kind)[0] : undefined;
      if (serialNumber !== undefined)
        throw new IdentityTaken(
          `serial number ${value} is not for this unit, ${hardwareId}, which has ${serialNumber}`,
        );
      this.#append({ type: "claim", kind, value, hardwareId, atMilliseconds: this.#options.now() });
    });
  }

  async issueKeys(hardwareId: string, attemptId: string): Promise<IssuedKeys> {
    const keyId = Buffer.from(this.#options.randomBytes(keyIdByteLength)).toString("hex");
    const plain = Uint8Array.from(this.#options.randomBytes(keyByteLength * keyPurposes.length));
    const wrapped = await this.#wrapping.wrap(plain, keyContext(keyId, hardwareId));
    this.#write(() => {
      this.#append({
        type: "key",
        keyId,
        hardwareId,
        attemptId,
        wrapped,
        atMilliseconds: this.#options.now(),
      });
    });
    const keys = Object.fromEntries(
      keyPurposes.map((purpose, index) => [
        purpose,
        plain.slice(index * keyByteLength, (index + 1) * keyByteLength),
      ]),
    ) as Record<KeyPurpose, Uint8Array>;
    plain.fill(0);
    return { keyId, keys };
  }

  store(attempt: Attempt): void {
    const entry = { type: "attempt", attempt: toStored(attempt) } as const;
    this.#write(() => {
      const there = this.#queries.attemptText(attempt.id);
      if (there === undefined) this.#append(entry);
      else if (there !== entryText(entry))
        throw new RecordsError("refused", `attempt ${attempt.id} is stored already, with another content`);
    });
  }

  close(): void {
    this.#close();
  }

  #addOrigin(): void {
    if (this.#queries.last()) return;
    const databaseId = Buffer.from(this.#options.randomBytes(16)).toString("hex");
    const { station } = this.#options;
    this.#append({ type: "origin", databaseId, station, atMilliseconds: this.#options.now() });
  }

  #closeOpenAttempts(): Attempt[] {
    const endedAtMilliseconds = this.#options.now();
    return this.#queries.openAttempts().map((begin) => {
      const hardwareId = this.#queries.hardwareOfKeys(begin.attemptId);
      const attempt: Attempt = {
        id: begin.attemptId,
        unit: hardwareId === undefined ? {} : { hardwareId },
        recipe: begin.recipe,
        station: begin.station,
        slot: begin.slot,
        startedAtMilliseconds: begin.atMilliseconds,
        endedAtMilliseconds,
        outcome: "ABORTED",
        reason: "the station stopped during this attempt",
        phases: [],
      };
      this.#append({ type: "attempt", attempt: toStored(attempt) });
      return attempt;
    });
  }

  #append(body: EntryBody): void {
    const last = this.#queries.last();
    const text = entryText(body);
    this.#queries.insert({
      sequence: (last?.sequence ?? 0) + 1,
      body: text,
      digest: entryDigest(last?.digest ?? digestBeforeFirst, text),
    });
  }

  #write<Result>(action: () => Result): Result {
    try {
      return this.#database.transaction(action).immediate();
    } catch (error) {
      throw explainDatabaseError(error, this.#options.path);
    }
  }

  #checkRoom(): void {
    const { path, freeByteLength = () => freeOnDisk(path) } = this.#options;
    if (freeByteLength() < headroomByteLength)
      throw new RecordsError(
        "full",
        `${path}: less than 16 MiB are left on the disk; make room before another unit is tested`,
      );
  }
}

function freeOnDisk(path: string): number {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize;
}
