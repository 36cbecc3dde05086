import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import fastCheck from "fast-check";

import { IdentityTaken } from "../../../jig/attempt/attempt-store.js";
import { openDatabase } from "../../../jig/records/addon.js";
import type { KeyEntry } from "../../../jig/records/entry.js";
import { keyContext } from "../../../jig/records/key-wrapping.js";
import { RecordsError } from "../../../jig/records/records-error.js";
import { verifyRecords } from "../../../jig/records/verify.js";
import { attempt, describeRecords, RecordsFolder, start, storeSome, unwrap } from "./records-fixture.js";

describeRecords("the record store", () => {
  let folder: RecordsFolder;
  beforeEach(() => {
    folder = new RecordsFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  const bodies = (): Record<string, unknown>[] => {
    const database = openDatabase(folder.database, { readonly: true });
    const texts = database.prepare("SELECT body FROM entry ORDER BY sequence").pluck().all() as string[];
    database.close();
    return texts.map((text) => JSON.parse(text) as Record<string, unknown>);
  };

  it("keeps every attempt of a unit", () => {
    const store = folder.open();
    const unit = { hardwareId: "hw" };
    for (const id of ["a", "b"]) {
      store.begin(start(id));
      store.store(attempt(id, { unit, outcome: "FAIL", reason: "battery is weak" }));
    }
    const stored = bodies().filter(({ type }) => type === "attempt");
    expect(stored).toHaveLength(2);
    expect(stored[1]).toMatchObject({ attempt: { id: "b", outcome: "FAIL", reason: "battery is weak" } });
  });

  it("stores the same attempt once, however often it is told", () => {
    const store = folder.open();
    storeSome(store, ["a"]);
    store.store(attempt("a"));
    expect(bodies().filter(({ type }) => type === "attempt")).toHaveLength(1);
    expect(() => {
      store.store(attempt("a", { outcome: "FAIL" }));
    }).toThrow("attempt a is stored already, with another content");
  });

  it("refuses an attempt that was never begun", () => {
    const store = folder.open();
    expect(() => {
      store.store(attempt("a"));
    }).toThrow("the attempt was never begun");
  });

  it("forbids in the database itself to alter, remove or replace an entry", () => {
    const store = folder.open();
    storeSome(store, ["a"]);
    store.close();
    const database = openDatabase(folder.database);
    expect(() => database.exec("UPDATE entry SET body = '{}' WHERE sequence = 2")).toThrow("never altered");
    expect(() => database.exec("DELETE FROM entry")).toThrow("never removed");
    expect(() =>
      database.exec(
        "INSERT OR REPLACE INTO entry SELECT sequence, body, digest FROM entry WHERE sequence = 2",
      ),
    ).toThrow("an entry follows the last one");
    database.close();
  });

  it("gives an identity to one unit only", () => {
    const store = folder.open();
    store.claim("hw-1", "imei", "860000000000001");
    store.claim("hw-1", "imei", "860000000000001");
    expect(() => {
      store.claim("hw-2", "imei", "860000000000001");
    }).toThrow(new IdentityTaken("IMEI 860000000000001 belongs to another unit, hw-1"));
  });

  it("gives a unit one serial number only", () => {
    const store = folder.open();
    store.claim("hw-1", "serialNumber", "W1");
    expect(() => {
      store.claim("hw-1", "serialNumber", "W2");
    }).toThrow(new IdentityTaken("serial number W2 is not for this unit, hw-1, which has W1"));
  });

  it("lets no unit pass with an identity that is not its own", () => {
    const store = folder.open();
    store.claim("hw-1", "serialNumber", "W1");
    store.begin(start("a"));
    expect(() => {
      store.store(attempt("a", { unit: { hardwareId: "hw-2", serialNumber: "W1" } }));
    }).toThrow("a unit passed with an identity that is not its own");
    store.store(attempt("a", { unit: { hardwareId: "hw-2", serialNumber: "W1" }, outcome: "FAIL" }));
  });

  it("lets no unit pass with keys of another attempt", async () => {
    const store = folder.open();
    for (const id of ["a", "b"]) store.begin(start(id));
    const { keyId } = await store.issueKeys("hw-1", "a");
    expect(() => {
      store.store(attempt("b", { unit: { hardwareId: "hw-1", keyId } }));
    }).toThrow("not its own");
    store.store(attempt("a", { unit: { hardwareId: "hw-1", keyId } }));
  });

  it("closes as aborted, in a new entry, what it did not survive", async () => {
    const before = folder.open();
    before.begin(start("a", 3));
    await before.issueKeys("hw-1", "a");
    storeSome(before, ["b"]);
    before.close();
    const after = folder.open();
    expect(after.recovered).toMatchObject([
      { id: "a", slot: 3, outcome: "ABORTED", unit: { hardwareId: "hw-1" }, phases: [] },
    ]);
    expect(bodies().at(-1)).toMatchObject({ type: "attempt", attempt: { id: "a", outcome: "ABORTED" } });
    after.close();
    expect(folder.open().recovered).toEqual([]);
  });

  it("issues the keys that the head-end will find wrapped", async () => {
    // Node's own source gives a Buffer, whose slices are windows on it.
    const store = folder.open({ randomBytes: (byteLength) => randomBytes(byteLength) });
    const { keyId, keys } = await store.issueKeys("hw-1", "a");
    const { wrapped } = bodies().find(({ type }) => type === "key") as unknown as KeyEntry;
    expect(unwrap(wrapped, keyContext(keyId, "hw-1"))).toEqual(
      Buffer.concat([keys.service, keys.unlock, keys.uplink]),
    );
    expect(new Set(Object.values(keys).map(String)).size).toBe(3);
  });

  it("issues keys once, and writes them down only wrapped", async () => {
    const store = folder.open();
    const issued = [await store.issueKeys("hw-1", "a"), await store.issueKeys("hw-1", "a")];
    expect(new Set(issued.map(({ keyId }) => keyId)).size).toBe(2);
    const file = JSON.stringify(bodies());
    for (const { keys } of issued)
      for (const key of Object.values(keys)) {
        expect(key).toHaveLength(16);
        expect(file).not.toContain(Buffer.from(key).toString("hex"));
        expect(file).not.toContain(Buffer.from(key).toString("base64"));
      }
  });

  it("begins no attempt when the disk has no room for its end", () => {
    const store = folder.open({ freeByteLength: () => 1_000_000 });
    expect(() => {
      store.begin(start("a"));
    }).toThrow(/less than 16 MiB are left on the disk/);
  });

  it("loses nothing that was stored when the disk is full, and goes on when there is room", () => {
    const stored: string[] = [];
    const store = folder.open({ maximumByteLength: 400_000 });
    const fill = (): void => {
      for (let id = 0; ; id += 1) {
        storeSome(store, [String(id)]);
        stored.push(String(id));
      }
    };
    expect(fill).toThrow(
      `${folder.database}: the disk is full, nothing was stored; make room and try the unit again`,
    );
    store.close();
    expect(verifyRecords(folder.database).problems).toEqual([]);
    const after = folder.open();
    const ids = bodies().flatMap(({ attempt }) => (attempt ? [(attempt as { id: string }).id] : []));
    expect(ids).toEqual(expect.arrayContaining(stored));
    storeSome(after, ["one more"]);
  });

  it("keeps a whole chain, whatever comes in which order", async () => {
    const action = fastCheck.oneof(
      fastCheck.record({ do: fastCheck.constant("begin" as const), id: fastCheck.nat(5) }),
      fastCheck.record({ do: fastCheck.constant("store" as const), id: fastCheck.nat(5) }),
      fastCheck.record({ do: fastCheck.constant("claim" as const), id: fastCheck.nat(5) }),
      fastCheck.record({ do: fastCheck.constant("restart" as const), id: fastCheck.constant(0) }),
    );
    await fastCheck.assert(
      fastCheck.asyncProperty(fastCheck.array(action, { maxLength: 30 }), (actions) => {
        const own = new RecordsFolder();
        try {
          let store = own.open();
          for (const { do: what, id } of actions) {
            try {
              if (what === "begin") store.begin(start(String(id)));
              if (what === "store") store.store(attempt(String(id)));
              if (what === "claim") store.claim(`hw-${id % 3}`, "iccid", String(id));
            } catch (error) {
              if (!(error instanceof RecordsError || error instanceof IdentityTaken)) throw error;
            }
            if (what !== "restart") continue;
            store.close();
            store = own.open();
          }
          expect(verifyRecords(own.database).problems).toEqual([]);
        } finally {
          own.remove();
        }
        return Promise.resolve();
      }),
      { numRuns: 25 },
    );
  });
});
