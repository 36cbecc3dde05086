import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileProblem } from "../kit/file-problem.js";
import { UsageError } from "../kit/usage-error.js";
import { type AttemptStore, StoreError } from "../../jig/attempt/attempt-store.js";
import { RecordStore } from "../../jig/records/record-store.js";
import { MemoryStore } from "../../jig/simulated/memory-store.js";
import type { JigRequest } from "./jig-request.js";

/**
 * The records that the request names; simulated units may do with what is forgotten afterwards.
 * @throws {UsageError} when they can't be opened, or there is no such key.
 */
export function openStore({ database, headEndKey, station }: JigRequest): AttemptStore {
  if (database === undefined) return new MemoryStore();
  try {
    return new RecordStore({
      path: database,
      station,
      headEndKey: headEndKey === undefined ? throwAwayKey() : { pem: readKey(headEndKey), name: headEndKey },
      now: () => Date.now(),
      randomBytes,
    });
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** Simulated keys are nobody's. */
function throwAwayKey(): { pem: string; name: string } {
  const { publicKey } = generateKeyPairSync("x25519");
  return {
    pem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    name: "a key made for this run",
  };
}

function readKey(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${path}: ${fileProblem(error)}`, { cause: error });
  }
}
