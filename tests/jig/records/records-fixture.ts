import { createCipheriv, createHash, createPrivateKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AttemptStart } from "../../../jig/attempt/attempt-store.js";
import type { Attempt } from "../../../jig/attempt/attempt.js";
import { isAddonThere } from "../../../jig/records/addon.js";
import type { WrappedKeys } from "../../../jig/records/entry.js";
import { wrappingInfo } from "../../../jig/records/key-wrapping.js";
import { RecordStore, type RecordStoreOptions } from "../../../jig/records/record-store.js";
import { describeWith } from "../../setup/needs.js";
import { openSealed } from "./hpke-opener.js";

/** A head-end's key pair, in PEM. */
export const headEnd = generateKeyPairSync("x25519", {
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** What the head-end does with the keys of a unit. */
export function unwrap(wrapped: WrappedKeys, context: string): Buffer {
  const { d = "" } = createPrivateKey(headEnd.privateKey).export({ format: "jwk" });
  return openSealed(Buffer.from(d, "base64url"), {
    encapsulated: Buffer.from(wrapped.encapsulated, "base64"),
    ciphertext: Buffer.from(wrapped.ciphertext, "base64"),
    info: wrappingInfo,
    context: Buffer.from(context),
  });
}

/** Tests that need SQLite's addon. */
export function describeRecords(name: string, tests: () => void): void {
  const missing = isAddonThere()
    ? undefined
    : "SQLite's addon is not compiled; `npm run jig:prepare` does it";
  describeWith({ missing, isInstalledByCi: true }, name, tests);
}

/** Bytes that are the same for the same seed: AES-128 in counter mode. */
export function seededBytes(seed: string): (byteLength: number) => Uint8Array {
  const key = createHash("sha256").update(seed).digest().subarray(0, 16);
  const stream = createCipheriv("aes-128-ctr", key, Buffer.alloc(16));
  return (byteLength) => new Uint8Array(stream.update(Buffer.alloc(byteLength)));
}

/** A folder of its own for each test, and stores that are closed when it ends. */
export class RecordsFolder {
  readonly path = mkdtempSync(join(tmpdir(), "tally-records-"));
  database = join(this.path, "records.db");
  #open: RecordStore[] = [];
  #random = seededBytes(this.path);
  #milliseconds = Date.UTC(2026, 0, 1);

  open(options: Partial<RecordStoreOptions> = {}): RecordStore {
    const store = new RecordStore({
      path: this.database,
      station: "S1",
      headEndKey: { pem: headEnd.publicKey, name: "head-end.pem" },
      now: () => (this.#milliseconds += 1000),
      randomBytes: this.#random,
      ...options,
    });
    this.#open.push(store);
    return store;
  }

  remove(): void {
    for (const store of this.#open) store.close();
    rmSync(this.path, { recursive: true });
  }
}

export function start(id: string, slot = 1): AttemptStart {
  return { id, slot, recipe, startedAtMilliseconds: Date.UTC(2026, 0, 1) };
}

const recipe = { name: "water", version: "1", hash: "ab".repeat(32) };

export function attempt(id: string, changes: Partial<Attempt> = {}): Attempt {
  return {
    id,
    unit: { hardwareId: `hw-${id}` },
    recipe,
    station: "S1",
    slot: 1,
    startedAtMilliseconds: Date.UTC(2026, 0, 1),
    endedAtMilliseconds: Date.UTC(2026, 0, 1, 0, 0, 20),
    outcome: "PASS",
    phases: [
      {
        name: "rails",
        tryNumber: 1,
        outcome: "PASS",
        startedAtMilliseconds: Date.UTC(2026, 0, 1),
        endedAtMilliseconds: Date.UTC(2026, 0, 1, 0, 0, 20),
        measurements: [
          {
            name: "battery",
            value: 3612,
            unit: "mV",
            limits: { kind: "range", minimum: 3500, maximum: 3700 },
            outcome: "PASS",
            isMarginal: false,
          },
        ],
        attachments: [{ name: "curve", mediaType: "text/csv", bytes: new Uint8Array([49, 44, 50]) }],
      },
    ],
    ...changes,
  };
}

/** Stores attempts that pass, one after the other. */
export function storeSome(store: RecordStore, ids: readonly string[]): void {
  for (const id of ids) {
    store.begin(start(id));
    store.store(attempt(id));
  }
}
