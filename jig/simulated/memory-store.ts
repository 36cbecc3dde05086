import { randomBytes } from "node:crypto";
import {
  type AttemptStart,
  type AttemptStore,
  type IdentityKind,
  IdentityTaken,
  type IssuedKeys,
} from "../attempt/attempt-store.js";
import type { Attempt } from "../attempt/attempt.js";
import { inWords } from "../attempt/words.js";

/** Keeps what it is given, and what no two units may share. */
export class MemoryStore implements AttemptStore {
  readonly begun: AttemptStart[] = [];
  readonly attempts: Attempt[] = [];
  readonly issued: IssuedKeys[] = [];
  #owners = new Map<string, string>();

  begin(start: AttemptStart): void {
    this.begun.push(start);
  }

  claim(hardwareId: string, kind: IdentityKind, value: string): void {
    const owner = this.#owners.get(`${kind} ${value}`);
    if (owner !== undefined && owner !== hardwareId)
      throw new IdentityTaken(`${inWords(kind)} ${value} belongs to another unit, ${owner}`);
    this.#owners.set(`${kind} ${value}`, hardwareId);
  }

  async issueKeys(): Promise<IssuedKeys> {
    const key = (): Uint8Array => randomBytes(16);
    const keys = {
      keyId: randomBytes(16).toString("hex"),
      keys: { service: key(), unlock: key(), uplink: key() },
    };
    this.issued.push(keys);
    return Promise.resolve(keys);
  }

  store(attempt: Attempt): void {
    this.attempts.push(attempt);
  }

  close(): void {
    // Nothing to release.
  }
}
