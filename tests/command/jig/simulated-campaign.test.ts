import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

import { runTally } from "../../../command/run-tally.js";
import { Bench } from "../bench.js";

const recipe = "jig/recipes/water-meter.json";

async function run(commandLine: string): Promise<{ exitCode: number; bench: Bench }> {
  const bench = new Bench();
  const exitCode = await runTally(commandLine.split(" "), bench);
  return { exitCode, bench };
}

describe("a campaign on the command line", () => {
  it("prints one JSON object with exactly what was agreed", async () => {
    const { exitCode, bench } = await run(
      `jig --simulate 4 --units 20 --fault-rate 20 --seed 2 --json --recipe ${recipe}`,
    );
    expect(bench.errors.text).toBe("");
    const result = JSON.parse(bench.output.text) as Record<string, number>;
    expect(Object.keys(result)).toEqual([
      "units",
      "passed",
      "failed",
      "errors",
      "faultsPlanted",
      "faultsCaught",
      "falseFailures",
      "wallSeconds",
      "unitSeconds",
    ]);
    expect(result).toMatchObject({
      units: 20,
      passed: 16,
      faultsPlanted: 4,
      faultsCaught: 4,
      falseFailures: 0,
    });
    expect(exitCode).toBe(0);
  });

  it("fails and names the unit when a recipe lets a fault through", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "tally-jig-")), "lenient.json");
    writeFileSync(path, readFileSync(recipe, "utf8").replaceAll('"imageMatches": { "equals": true },', ""));
    const { exitCode, bench } = await run(
      `jig --simulate 8 --units 17 --fault-rate 95 --seed 2 --recipe ${path}`,
    );
    expect(exitCode).toBe(1);
    expect(bench.output.lines[1]).toBe(
      "faults: 15 of 16 caught by the phase that should; good units failed: 0",
    );
    expect(bench.errors.text).toMatch(/^problem: unit \d+ with wrong-firmware: PASS, caught by no phase\n$/);
  });

  it("fails when good units fail", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "tally-jig-")), "strict.json");
    writeFileSync(
      path,
      readFileSync(recipe, "utf8")
        .replace('"minimum": 3400, "maximum": 3800', '"minimum": 3700, "maximum": 3800')
        .replace('"marginalMinimum": 3450', '"marginalMinimum": 3700'),
    );
    const { exitCode, bench } = await run(`jig --simulate 1 --units 2 --seed 2 --recipe ${path}`);
    expect(exitCode).toBe(1);
    expect(bench.errors.lines[0]).toBe(
      "problem: unit 1, a good one: FAIL, rails: battery millivolts is 3614 mV, not from 3700 to 3800",
    );
  });
});
