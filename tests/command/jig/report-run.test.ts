import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { Command } from "commander";

import {
  addReportCommand,
  type ReportFormat,
  type ReportRequest,
} from "../../../command/jig/report-command.js";
import { runReport } from "../../../command/jig/report-run.js";
import {
  attempt,
  describeRecords,
  RecordsFolder,
  start,
  storeSome,
} from "../../jig/records/records-fixture.js";
import { TextOutput } from "./text-output.js";

describeRecords("tally jig report", () => {
  let folder: RecordsFolder;
  let output: TextOutput;
  beforeEach(async () => {
    folder = new RecordsFolder();
    const store = folder.open();
    storeSome(store, ["a", "b"]);
    for (const id of ["c", "d"]) {
      store.begin(start(id));
      const { keyId } = await store.issueKeys(`hw-${id}`, id);
      const outcome = id === "c" ? "PASS" : "FAIL";
      store.store(attempt(id, { unit: { hardwareId: `hw-${id}`, keyId }, outcome }));
    }
    store.close();
    output = new TextOutput();
  });
  afterEach(() => {
    folder.remove();
  });

  const run = (format: ReportFormat, outputPath?: string): number =>
    runReport(
      { database: folder.database, format, ...(outputPath === undefined ? {} : { outputPath }) },
      {
        output,
      },
      Date.UTC(2026, 2, 3),
    );
  const requested = async (...args: readonly string[]): Promise<ReportRequest | undefined> => {
    let request: ReportRequest | undefined;
    const program = new Command("jig");
    addReportCommand(program, (given) => {
      request = given;
      return Promise.resolve();
    });
    await program.parseAsync(["report", ...args], { from: "user" });
    return request;
  };

  it("prints a summary in text where no format is asked for", () => {
    expect(run("text")).toBe(0);
    expect(output.text).toMatch(/^4 attempts of 4 units, .*\nfirst pass {2}75.0 % \(3 of 4\)\n/);
  });

  it("gives every attempt and the wrapped keys as JSON", () => {
    run("json");
    const report = JSON.parse(output.text) as {
      attempts: object[];
      keys: object[];
      summary: { yield: object };
    };
    expect(report.attempts.map((one) => (one as { id: string }).id)).toEqual(["a", "b", "c", "d"]);
    expect(report.keys).toMatchObject([
      { attemptId: "c", isInUse: true },
      { attemptId: "d", isInUse: false },
    ]);
    expect(report.summary.yield).toMatchObject({ units: 4, finalUnits: 3 });
  });

  it.each([
    ["csv", /^station,sequence,/],
    ["html", /^<!doctype html>/],
    ["postgresql", /^-- Records of a Tally station[^]*COMMIT;\n$/],
  ] as const)("writes %s to a file", (format, expected) => {
    const path = join(folder.path, "report.out");
    expect(run(format, path)).toBe(0);
    expect(readFileSync(path, "utf8")).toMatch(expected);
    expect(readdirSync(folder.path)).not.toContain("report.out.partial");
    expect(output.text).toBe("");
  });

  it("says why it can't write", () => {
    const path = join(folder.path, "nowhere", "report.html");
    expect(() => run("html", path)).toThrow(
      `${path}: can't be written: there is no folder ${dirname(path)}; make it first`,
    );
    expect(existsSync(path)).toBe(false);
  });

  it("refuses what is no database", () => {
    folder.database = join(folder.path, "other.db");
    expect(() => run("text")).toThrow("other.db: there is no such file; check the path");
  });

  it("takes one format, or none for the summary", async () => {
    expect(await requested("--database", "x.db", "--html", "-o", "x.html")).toEqual({
      database: "x.db",
      format: "html",
      outputPath: "x.html",
    });
    expect(await requested("--database", "x.db")).toEqual({ database: "x.db", format: "text" });
    await expect(requested("--database", "x.db", "--csv", "--json")).rejects.toThrow(
      "choose one of --csv, --json",
    );
  });
});
