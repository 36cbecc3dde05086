import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { runTally } from "../../../command/run-tally.js";
import { Bench } from "../bench.js";
import { describeRecords, RecordsFolder, storeSome } from "../../jig/records/records-fixture.js";

const run = async (bench: Bench, ...commandLine: readonly string[]): Promise<number> =>
  runTally(["jig", ...commandLine], bench);

describeRecords("the commands on a station's records", () => {
  let folder: RecordsFolder;
  let bench: Bench;
  beforeEach(() => {
    folder = new RecordsFolder();
    bench = new Bench();
    const store = folder.open();
    store.claim("hw-a", "serialNumber", "W1");
    storeSome(store, ["a"]);
    store.close();
  });
  afterEach(() => {
    folder.remove();
  });

  it("report, tell of one unit, and verify", async () => {
    expect(await run(bench, "report", "--database", folder.database, "--json")).toBe(0);
    expect(bench.output.text).toMatch(/^\{"format":"tally-jig-report"/);
    expect(await run(bench, "unit", "W1", "--database", folder.database)).toBe(0);
    expect(await run(bench, "unit", "W2", "--database", folder.database)).toBe(1);
    expect(await run(bench, "verify", folder.database)).toBe(0);
    expect(bench.output.text).toContain("1 attempt in 4 entries: the records are whole");
  });

  it("refuse a database that a text file is none of, in one line", async () => {
    expect(await run(bench, "report", "--database", "README.md")).toBe(2);
    expect(bench.errors.text).toBe("error: README.md: is no database of Tally's records\n");
  });
});

describe("a command on a station's records", () => {
  it.each([["report"], ["unit", "W1"]])("%s says that it needs a database", async (...commandLine) => {
    const bench = new Bench();
    expect(await run(bench, ...commandLine)).toBe(2);
    expect(bench.errors.text).toBe(
      `error: tally jig ${commandLine[0]} needs --database <file>: the station's records\n`,
    );
  });
});
