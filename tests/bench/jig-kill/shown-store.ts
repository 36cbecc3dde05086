import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import type {
  AttemptStart,
  AttemptStore,
  IdentityKind,
  IssuedKeys,
} from "../../../jig/attempt/attempt-store.js";
import type { Attempt } from "../../../jig/attempt/attempt.js";

/** Prints a line at once, past every buffer that a kill would empty. */
export function say(word: string, fields: object = {}): void {
  writeSync(1, `${JSON.stringify({ word, ...fields })}\n`);
}

/** Records that say what they hold. Each line was true before it was printed. */
export class ShownStore implements AttemptStore {
  #store: AttemptStore;

  constructor(store: AttemptStore) {
    this.#store = store;
  }

  begin(start: AttemptStart): void {
    this.#store.begin(start);
    say("begun", { id: start.id });
  }

  claim(hardwareId: string, kind: IdentityKind, value: string): void {
    this.#store.claim(hardwareId, kind, value);
    if (kind === "serialNumber") say("claimed", { serialNumber: value });
  }

  async issueKeys(hardwareId: string, attemptId: string): Promise<IssuedKeys> {
    const issued = await this.#store.issueKeys(hardwareId, attemptId);
    const hash = createHash("sha256").update(Buffer.concat(Object.values(issued.keys)));
    say("issued", { keyId: issued.keyId, key: hash.digest("hex") });
    return issued;
  }

  store(attempt: Attempt): void {
    this.#store.store(attempt);
    const { id, unit, outcome } = attempt;
    const { keyId, serialNumber } = unit;
    say("stored", { id, keyId, serialNumber, outcome });
  }

  close(): void {
    this.#store.close();
  }
}
