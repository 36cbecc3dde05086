/**
 * A station that does nothing but keep records, as fast as it can, until it is killed. Each line that it prints was
 * true before it was printed. Arguments: the database, the file of the head-end's public key.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFileSync, writeSync } from "node:fs";
import { openForReading } from "../../../jig/records/database.js";
import { RecordStore } from "../../../jig/records/record-store.js";

const [path = "", keyFile = ""] = process.argv.slice(2);
const recipe = { name: "kill", version: "1", hash: "00".repeat(32) };

function say(word: string, fields: object = {}): void {
  writeSync(1, `${JSON.stringify({ word, ...fields })}\n`);
}

/** Where the last life of the station stopped: the serial numbers go on from there. */
function lastSerialNumber(): number {
  const reader = openForReading(path);
  const last = reader
    .prepare("SELECT max(CAST(body ->> '$.value' AS INTEGER)) FROM entry WHERE body ->> '$.type' = 'claim'")
    .pluck()
    .get();
  reader.close();
  return Number(last ?? 0);
}

async function testUnit(store: RecordStore, serialNumber: string): Promise<void> {
  const id = randomUUID();
  const hardwareId = randomBytes(6).toString("hex");
  const startedAtMilliseconds = Date.now();
  store.begin({ id, slot: 1, recipe, startedAtMilliseconds });
  say("begun", { id });
  store.claim(hardwareId, "serialNumber", serialNumber);
  say("claimed", { serialNumber });
  const { keyId, keys } = await store.issueKeys(hardwareId, id);
  const key = createHash("sha256")
    .update(Buffer.concat(Object.values(keys)))
    .digest("hex");
  say("issued", { keyId, key });
  store.store({
    id,
    unit: { hardwareId, serialNumber, keyId },
    recipe,
    station: "kill",
    slot: 1,
    startedAtMilliseconds,
    endedAtMilliseconds: Date.now(),
    outcome: "PASS",
    phases: [],
  });
  say("stored", { id, keyId, serialNumber });
}

say("opening");
const store = new RecordStore({
  path,
  station: "kill",
  headEndKey: { pem: readFileSync(keyFile, "utf8"), name: keyFile },
  now: () => Date.now(),
  randomBytes: (byteLength) => randomBytes(byteLength),
});
say("open", { recovered: store.recovered.map(({ id }) => id) });
for (let number = lastSerialNumber() + 1; ; number += 1) await testUnit(store, String(number));
