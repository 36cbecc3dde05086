import { spawnSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";

import { addonPath, openDatabase } from "../../../jig/records/addon.js";
import { openForReading, openForStation } from "../../../jig/records/database.js";
import { describeRecords, RecordsFolder, storeSome } from "./records-fixture.js";

describeRecords("the records' database", () => {
  let folder: RecordsFolder;
  beforeEach(() => {
    folder = new RecordsFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  const foreign = (sql: string): string => {
    const path = join(folder.path, "foreign.db");
    const database = openDatabase(path);
    database.exec(sql);
    database.close();
    return path;
  };

  it("serves one station at a time, also under another name", () => {
    folder.open();
    const link = join(folder.path, "link.db");
    symlinkSync(folder.database, link);
    for (const path of [folder.database, link])
      expect(() => folder.open({ path })).toThrow(/another station has it open; stop that one/);
  });

  it("is free again once its station has closed it", () => {
    folder.open().close();
    expect(() => folder.open()).not.toThrow();
  });

  it("is free again when its station was killed", () => {
    const child = spawnSync(
      process.execPath,
      [
        "-e",
        `const Database = require("better-sqlite3");
         const lock = new Database(process.argv[1], { nativeBinding: process.argv[2] }); lock.exec("BEGIN EXCLUSIVE"); process.kill(process.pid, "SIGKILL")`,
        `${folder.database}-station`,
        addonPath(),
      ],
      { cwd: process.cwd() },
    );
    expect(child.signal).toBe("SIGKILL");
    expect(() => folder.open()).not.toThrow();
  });

  it("can be read while its station adds to it", () => {
    const store = folder.open();
    storeSome(store, ["a"]);
    const reader = openForReading(folder.database);
    expect(reader.prepare("SELECT count(*) FROM entry").pluck().get()).toBe(3);
    storeSome(store, ["b"]);
    expect(reader.prepare("SELECT count(*) FROM entry").pluck().get()).toBe(5);
    reader.close();
  });

  it("refuses another program's database", () => {
    const path = foreign("CREATE TABLE something (x)");
    const line = `${path}: is no database of Tally's records; name another file`;
    expect(() => folder.open({ path })).toThrow(line);
    expect(() => openForReading(path)).toThrow(line);
  });

  it("refuses a database of another version", () => {
    const path = foreign(
      "CREATE TABLE entry (x); PRAGMA application_id = 1413565529; PRAGMA user_version = 2",
    );
    const line =
      /foreign.db: its schema has version 2, this Tally knows version 1; use the Tally that wrote it/;
    expect(() => folder.open({ path })).toThrow(line);
    expect(() => openForReading(path)).toThrow(line);
  });

  it("refuses a file that is no database", () => {
    const path = join(folder.path, "text.db");
    writeFileSync(path, "not a database, but long enough to be looked at ".repeat(30));
    expect(() => folder.open({ path })).toThrow(`${path}: is no database of Tally's records`);
  });

  it("says where a folder or a file is missing", () => {
    const path = join(folder.path, "nowhere", "records.db");
    expect(() => folder.open({ path })).toThrow(/nowhere; make it first/);
    expect(() => openForReading(path)).toThrow(`${path}: there is no such file; check the path`);
  });

  it("syncs the disk at each commit", () => {
    const opened = openForStation(folder.database);
    const { database } = opened;
    expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
    const full = 2;
    expect(database.pragma("synchronous", { simple: true })).toBe(full);
    opened.close();
  });
});
