import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeSync } from "node:fs";
import type {
  AttemptStart,
  AttemptStore,
  IdentityKind,
  IssuedKeys,
} from "../../../jig/attempt/attempt-store.js";
import type { Attempt } from "../../../jig/attempt/attempt.js";
import { RecordStore } from "../../../jig/records/record-store.js";

/** Prints a line at once, past every buffer that a kill would empty. */
function say(word: string, fields: object = {}): void {
  writeSync(1, `${JSON.stringify({ word, ...fields })}\n`);
}

/** Opens the records as a station does, and says so before and after. */
export function openShownStore(path: string, keyFile: string): ShownStore {
  say("opening");
  const store = new RecordStore({
    path,
    station: "kill",
    headEndKey: { pem: readFileSync(keyFile, "utf8"), name: keyFile },
    now: () => Date.now(),
    randomBytes: (byteLength) => randomBytes(byteLength),
  });
  say("open", { recovered: store.recovered.map(({ id }) => id) });
  return new ShownStore(store);
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
