/**
 * A station that does nothing but keep records, as fast as it can, until it is killed. Arguments: the database, the
 * file of the head-end's public key.
 */
import { randomBytes, randomUUID } from "node:crypto";
import type { AttemptStore } from "../../../jig/attempt/attempt-store.js";
import { openForReading } from "../../../jig/records/database.js";
import { openShownStore } from "./shown-store.js";

const [path = "", keyFile = ""] = process.argv.slice(2);
const recipe = { name: "kill", version: "1", hash: "00".repeat(32) };

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

async function testUnit(store: AttemptStore, serialNumber: string): Promise<void> {
  const id = randomUUID();
  const hardwareId = randomBytes(6).toString("hex");
  const startedAtMilliseconds = Date.now();
  store.begin({ id, slot: 1, recipe, startedAtMilliseconds });
  store.claim(hardwareId, "serialNumber", serialNumber);
  const { keyId } = await store.issueKeys(hardwareId, id);
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
}

const store = openShownStore(path, keyFile);
for (let number = lastSerialNumber() + 1; ; number += 1) await testUnit(store, String(number));
