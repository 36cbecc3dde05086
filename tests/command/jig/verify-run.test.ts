import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { Chalk } from "chalk";

import { runVerify } from "../../../command/jig/verify-run.js";
import { UsageError } from "../../../command/kit/usage-error.js";
import { describeRecords, RecordsFolder, storeSome } from "../../jig/records/records-fixture.js";
import { TextOutput } from "./text-output.js";

const colourless = new Chalk({ level: 0 });

describeRecords("tally jig verify", () => {
  let folder: RecordsFolder;
  let output: TextOutput;
  let errors: TextOutput;
  beforeEach(() => {
    folder = new RecordsFolder();
    const store = folder.open();
    storeSome(store, ["a", "b"]);
    store.close();
    [output, errors] = [new TextOutput(), new TextOutput()];
  });
  afterEach(() => {
    folder.remove();
  });

  const verify = (expectedDigest?: string): number =>
    runVerify(
      { database: folder.database, ...(expectedDigest === undefined ? {} : { expectedDigest }) },
      { output, errors, outputColours: colourless, errorColours: colourless },
    );

  it("says that the records are whole, and their last digest", () => {
    expect(verify()).toBe(0);
    expect(output.text).toMatch(
      /2 attempts in 5 entries: the records are whole\n {2}last digest [0-9a-f]{64}\n$/,
    );
    const digest = /last digest (\w+)/.exec(output.text)?.[1];
    expect(verify(digest)).toBe(0);
  });

  it("fails when an expected digest is missing", () => {
    expect(verify("ab".repeat(32))).toBe(1);
    expect(errors.text).toBe(`altered: no entry has the digest ${"ab".repeat(32)}: entries were cut off\n`);
  });

  it("fails when the file itself is damaged", () => {
    const file = openSync(folder.database, "r+");
    writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, 4096);
    closeSync(file);
    expect(statSync(folder.database).size).toBeGreaterThan(8192);
    expect(verify()).toBe(1);
    expect(errors.text).toMatch(/^altered: /);
  });

  it("takes no digest that is none", () => {
    expect(() => verify("abc")).toThrow(UsageError);
  });

  it("refuses what is not there", () => {
    folder.database += ".other";
    expect(() => verify()).toThrow(`${folder.database}: there is no such file; check the path`);
  });
});
