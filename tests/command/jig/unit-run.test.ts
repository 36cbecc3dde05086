import { afterEach, beforeEach, expect, it } from "@jest/globals";

import { runJigUnit } from "../../../command/jig/unit-run.js";
import { attempt, describeRecords, RecordsFolder, start } from "../../jig/records/records-fixture.js";
import { TextOutput } from "./text-output.js";

describeRecords("tally jig unit", () => {
  let folder: RecordsFolder;
  let output: TextOutput;
  let errors: TextOutput;
  let keyIds: string[];
  beforeEach(async () => {
    folder = new RecordsFolder();
    [output, errors] = [new TextOutput(), new TextOutput()];
    const store = folder.open();
    store.claim("hw-1", "serialNumber", "W1");
    store.claim("hw-1", "imei", "860000000000001");
    store.claim("hw-2", "serialNumber", "W2");
    keyIds = [];
    for (const [id, outcome] of [
      ["a", "FAIL"],
      ["b", "PASS"],
    ] as const) {
      store.begin(start(id));
      const { keyId } = await store.issueKeys("hw-1", id);
      keyIds.push(keyId);
      const unit = { hardwareId: "hw-1", serialNumber: "W1", imei: "860000000000001", keyId };
      store.store(
        attempt(id, { unit, outcome, ...(outcome === "FAIL" ? { reason: "valve is stuck" } : {}) }),
      );
    }
  });
  afterEach(() => {
    folder.remove();
  });

  const run = (identifier: string, isJson = false): number =>
    runJigUnit({ database: folder.database, identifier, isJson }, { output, errors });

  it("tells what belongs to a unit, its keys and every attempt", () => {
    expect(run("W1")).toBe(0);
    expect(output.text).toBe(
      [
        "hardware id    hw-1",
        "serial number  W1",
        "IMEI           860000000000001",
        `keys           ${keyIds[0] ?? ""} spent`,
        `keys           ${keyIds[1] ?? ""} in use`,
        "attempt        2026-01-01 00:00 UTC  FAIL    S1, slot 1  valve is stuck",
        "attempt        2026-01-01 00:00 UTC  PASS    S1, slot 1",
        "",
      ].join("\n"),
    );
  });

  it("finds a unit by whatever belongs to it", () => {
    for (const identifier of ["hw-1", "860000000000001", ...keyIds]) {
      output.text = "";
      run(identifier, true);
      expect(JSON.parse(output.text)).toMatchObject({
        hardwareId: "hw-1",
        attempts: [{ id: "a" }, { id: "b" }],
      });
    }
  });

  it("knows a unit that has no attempt yet", () => {
    run("W2", true);
    expect(JSON.parse(output.text)).toMatchObject({ hardwareId: "hw-2", attempts: [], keys: [] });
  });

  it("says that nobody has it", () => {
    expect(run("W3")).toBe(1);
    expect(errors.text).toBe(`${folder.database}: W3 belongs to no unit\n`);
  });

  it("refuses what is no database", () => {
    folder.database += ".other";
    expect(() => run("W1")).toThrow(/: there is no such file; check the path$/);
  });
});
