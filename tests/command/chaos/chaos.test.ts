import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { Bench } from "../bench.js";

const tally = join(process.cwd(), "dist/command/tally.js");

describe("tally chaos", () => {
  it("prints one JSON object", async () => {
    const bench = new Bench();
    expect(await bench.run("chaos --seeds 20..21 --days 2 --json --workers 1")).toBe(0);
    expect(bench.output.lines).toHaveLength(1);
    const report = JSON.parse(bench.output.text) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual([
      "engine",
      "board",
      "seeds",
      "meterYears",
      "violations",
      "failingSeeds",
      "faults",
      "wallSeconds",
      "worstLossPulses",
    ]);
    expect(report).toMatchObject({
      engine: "node",
      board: null,
      seeds: 2,
      meterYears: 0.01,
      violations: 0,
      failingSeeds: [],
    });
    expect(bench.errors.text).toBe("");
  });

  it("runs meters on a board, and says on which", async () => {
    const bench = new Bench();
    expect(await bench.run("chaos --seeds 20 --days 2 --board esp32c6 --json --workers 1")).toBe(0);
    expect(JSON.parse(bench.output.text)).toMatchObject({ board: "esp32c6", violations: 0 });
  });

  it("leaves out what a single reed can't tell from a pulse", async () => {
    const bench = new Bench();
    const words = "chaos --seeds 21 --days 2 --only reverse-flow,magnets --json --workers 1";
    const struck = async (board: string): Promise<Record<string, number>> => {
      bench.output.text = "";
      expect(await bench.run(`${words} ${board}`)).toBe(0);
      return (JSON.parse(bench.output.text) as { readonly faults: Record<string, number> }).faults;
    };
    expect((await struck(""))["reverseFlow"]).toBeGreaterThan(0);
    expect(await struck("--board esp32")).toMatchObject({ reverseFlow: 0, magnets: 0 });
  });

  it("refuses a board that there is none of", async () => {
    const bench = new Bench();
    expect(await bench.run("chaos --board esp32c5")).toBe(2);
    expect(bench.errors.lines[0]).toMatch(/unknown board "esp32c5" \(Did you mean esp32c3\?\); known: /);
  });

  it("tells people what struck, and that every promise was kept", async () => {
    const bench = new Bench();
    expect(await bench.run("chaos --seeds 21 --days 2 --only resets,reed-bounce --workers 1")).toBe(0);
    expect(bench.output.lines[0]).toMatch(/^✔ 1 meter, \d+ faults, every promise kept$/);
    expect(bench.output.text).toMatch(/\nresets +[1-9]\d*\n/);
    expect(bench.output.text).toMatch(/\npower cuts +0\n/);
  });

  it("finds the same however many threads it has", async () => {
    const reports = await Promise.all(
      [1, 2].map(async (workers) => {
        const words = ["chaos", "--seeds", "20..23", "--days", "2", "--json", "--workers", String(workers)];
        const { stdout } = await promisify(execFile)(process.execPath, [tally, ...words]);
        const { wallSeconds, ...rest } = JSON.parse(stdout) as Record<string, unknown>;
        return { isTimed: typeof wallSeconds === "number", rest };
      }),
    );
    expect(reports[0]?.isTimed).toBe(true);
    expect(reports[1]).toEqual(reports[0]);
  });

  it.each([
    ["--seeds 5..1", /--seeds takes the lower number first: 1\.\.5, not "5\.\.1"$/],
    ["--seeds one", /--seeds takes two whole numbers/],
    ["--days 0", /--days takes a whole number from 1 to 3650, not "0"$/],
    ["--days 2.5", /--days takes a whole number from 1 to 3650, not "2\.5"$/],
    ["--workers 0", /--workers takes a whole number from 1 to 64, not "0"$/],
    ["--only rain", /unknown fault "rain"; known: power-cuts, resets, .*, valve-jams$/],
    ["--engine v8", /unknown engine "v8"; known: xs, node, rv32, chip$/],
  ])("refuses %s in one line", async (words, message) => {
    const bench = new Bench();
    expect(await bench.run(`chaos ${words}`)).toBe(2);
    expect(bench.errors.lines).toHaveLength(1);
    expect(bench.errors.lines[0]).toMatch(message);
  });
});
