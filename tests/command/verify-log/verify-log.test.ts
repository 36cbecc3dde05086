import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { Bench } from "../bench.js";

const folder = mkdtempSync(join(tmpdir(), "tally-events-"));
const path = join(folder, "events.json");

describe("tally verify-log", () => {
  beforeAll(async () => {
    expect(await new Bench().run(`sim --engine node --days 1 --json --event-log ${path}`)).toBe(0);
  });

  it("finds the log of a run whole", async () => {
    const bench = new Bench();
    expect(await bench.run(`verify-log ${path}`)).toBe(0);
    expect(bench.output.text).toMatch(/^✔ meter 10000001, entries 1 to \d+: the chain is whole\n$/);
    expect(bench.errors.text).toBe("");
  });

  it("names the entry that was altered, and fails", async () => {
    const altered = join(folder, "altered.json");
    writeFileSync(altered, readFileSync(path, "utf8").replace('"event": "time-set"', '"event": "magnet"'));
    const bench = new Bench();
    expect(await bench.run(`verify-log ${altered}`)).toBe(1);
    expect(bench.errors.text).toMatch(
      /^altered: entry \d+ \(sequence \d+\): event was altered, the record says time-set\n$/,
    );
  });

  it.each([
    ["a file that is not there", "missing.json", "no such file"],
    ["a folder", ".", "is a folder"],
  ])("refuses %s in one line", async (_name, file, reason) => {
    const bench = new Bench();
    expect(await bench.run(`verify-log ${join(folder, file)}`)).toBe(2);
    expect(bench.errors.lines).toHaveLength(1);
    expect(bench.errors.text).toContain(reason);
  });

  const written = { format: "tally-event-log", version: 1, serialNumber: "10000001", entries: [{}] };

  it.each([
    ["a log that was emptied", { ...written, entries: [] }, "nothing to check"],
    ["a serial number that is none", { ...written, serialNumber: 5 }, "serialNumber"],
    [
      "a serial number that would command the terminal",
      { ...written, serialNumber: "\u001b]0;x" },
      "serialNumber",
    ],
  ])("refuses %s", async (_name, log, reason) => {
    const other = join(folder, "refused.json");
    writeFileSync(other, JSON.stringify(log));
    const bench = new Bench();
    expect(await bench.run(`verify-log ${other}`)).toBe(2);
    expect(bench.errors.text).toContain(reason);
  });

  it("shows what a file says without letting it command the terminal", async () => {
    const other = join(folder, "escapes.json");
    writeFileSync(other, JSON.stringify({ ...written, entries: [{ sequence: "\u001b]0;x\u0007" }] }));
    const bench = new Bench();
    expect(await bench.run(`verify-log ${other}`)).toBe(1);
    expect(bench.errors.text).toContain("\\x1b]0;x\\x07");
  });

  it("refuses a file of something else in one line", async () => {
    const other = join(folder, "other.json");
    writeFileSync(other, "{}");
    const bench = new Bench();
    expect(await bench.run(`verify-log ${other}`)).toBe(2);
    expect(bench.errors.lines).toHaveLength(1);
  });
});
