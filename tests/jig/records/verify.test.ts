import { afterEach, beforeEach, expect, it } from "@jest/globals";
import type Database from "better-sqlite3";
import fastCheck from "fast-check";

import { openDatabase } from "../../../jig/records/addon.js";
import { digestBeforeFirst, entryDigest, type EntryRow } from "../../../jig/records/entry.js";
import { verifyRecords } from "../../../jig/records/verify.js";
import { describeRecords, RecordsFolder, storeSome } from "./records-fixture.js";

describeRecords("verifying the records", () => {
  let folder: RecordsFolder;
  let head: string;
  beforeEach(() => {
    folder = new RecordsFolder();
    const store = folder.open();
    store.claim("hw-a", "serialNumber", "W1");
    storeSome(store, ["a", "b", "c"]);
    store.close();
    head = verifyRecords(folder.database).head;
  });
  afterEach(() => {
    folder.remove();
  });

  /** Changes the database as somebody would who knows how to take the triggers away. */
  const tamper = (change: (database: Database.Database) => void): void => {
    const database = openDatabase(folder.database);
    const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
      name: string;
      sql: string;
    }[];
    for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
    change(database);
    for (const { sql } of triggers) database.exec(sql);
    database.close();
  };
  const rows = (database: Database.Database): EntryRow[] =>
    database.prepare("SELECT * FROM entry ORDER BY sequence").all() as EntryRow[];

  it("finds whole what the store wrote", () => {
    expect(verifyRecords(folder.database)).toMatchObject({ entries: 8, attempts: 3, problems: [] });
    expect(verifyRecords(folder.database, head).problems).toEqual([]);
  });

  it("names an entry of which any character was changed", () => {
    fastCheck.assert(
      fastCheck.property(fastCheck.integer({ min: 1, max: 8 }), fastCheck.nat(), (sequence, at) => {
        let original = "";
        tamper((database) => {
          original = String(
            database.prepare("SELECT body FROM entry WHERE sequence = ?").pluck().get(sequence),
          );
          const index = 1 + (at % (original.length - 2));
          const letter = /[0-9]/.test(original.charAt(index))
            ? (Number(original.charAt(index)) + 1) % 10
            : undefined;
          if (letter === undefined) return;
          const changed = original.slice(0, index) + String(letter) + original.slice(index + 1);
          database.prepare("UPDATE OR IGNORE entry SET body = ? WHERE sequence = ?").run(changed, sequence);
          const isChanged =
            database.prepare("SELECT body FROM entry WHERE sequence = ?").pluck().get(sequence) !== original;
          if (isChanged)
            expect(verifyRecords(folder.database).problems).toContain(
              `entry ${sequence}: its digest does not follow from its text and the entry before`,
            );
        });
        tamper((database) =>
          database.prepare("UPDATE entry SET body = ? WHERE sequence = ?").run(original, sequence),
        );
        expect(verifyRecords(folder.database).problems).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("names the gap where an entry was removed", () => {
    tamper((database) => database.exec("DELETE FROM entry WHERE sequence = 4"));
    expect(verifyRecords(folder.database).problems).toEqual([
      "entry 5: expected 4, entries are missing before it",
      "entry 5: its digest does not follow from its text and the entry before",
    ]);
  });

  it("sees by a digest noted before that entries were cut off at the end", () => {
    tamper((database) => database.exec("DELETE FROM entry WHERE sequence = 8"));
    expect(verifyRecords(folder.database).problems).toEqual([]);
    expect(verifyRecords(folder.database, head).problems).toEqual([
      `no entry has the digest ${head}: entries were cut off`,
    ]);
  });

  it("sees by a digest noted before that the whole chain was written anew", () => {
    tamper((database) => {
      let previous = digestBeforeFirst;
      for (const { sequence, body } of rows(database)) {
        const changed = body.replace('"PASS"', '"FAIL"');
        previous = entryDigest(previous, changed);
        database
          .prepare("UPDATE entry SET body = ?, digest = ? WHERE sequence = ?")
          .run(changed, previous, sequence);
      }
    });
    expect(verifyRecords(folder.database).problems).toEqual([]);
    expect(verifyRecords(folder.database, head).problems).toHaveLength(1);
  });

  it("names what is there twice although the chain is whole", () => {
    tamper((database) => {
      database.exec("DROP INDEX identifier_has_one_unit; DROP INDEX unit_has_one_serial_number");
      const all = rows(database);
      const last = all.at(-1);
      const claim = all.find(({ body }) => body.includes('"claim"'));
      if (!last || !claim) throw new Error("there are entries");
      database
        .prepare("INSERT INTO entry VALUES (?, ?, ?)")
        .run(last.sequence + 1, claim.body, entryDigest(last.digest, claim.body));
    });
    expect(verifyRecords(folder.database).problems).toEqual([
      "entry 9: serial number W1 is there already, in entry 2",
    ]);
  });

  it("names an entry whose text is not in canonical form", () => {
    tamper((database) => {
      const last = rows(database).at(-1);
      if (!last) throw new Error("there are entries");
      const text = '{ "type": "claim" }';
      database
        .prepare("INSERT INTO entry VALUES (?, ?, ?)")
        .run(last.sequence + 1, text, entryDigest(last.digest, text));
    });
    expect(verifyRecords(folder.database).problems).toContain("entry 9: its text is not in canonical form");
  });
});
