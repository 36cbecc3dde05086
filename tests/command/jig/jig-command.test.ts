import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

import { runTally } from "../../../command/run-tally.js";
import { Bench } from "../bench.js";

const folder = mkdtempSync(join(tmpdir(), "tally-jig-"));
const recipe = "jig/recipes/water-meter.json";

async function run(bench: Bench, commandLine: string): Promise<number> {
  return runTally(commandLine.split(" "), bench);
}

/** Command line, and what the line on standard error has to say. */
const refused: readonly (readonly [string, RegExp])[] = [
  [
    "jig",
    /tally jig needs --recipe <file>: what is done with a unit, such as jig\/recipes\/water-meter\.json$/,
  ],
  [`jig --recipe ${recipe}`, /tally jig needs --port <port> for each meter, or --simulate <slots>$/],
  [
    `jig --port a --recipe ${recipe}`,
    /tally jig needs --database <file> with --port: the station's records$/,
  ],
  [
    `jig --port a --database d --recipe ${recipe}`,
    /tally jig needs --head-end-key <file> with --port: the public key for which devices' keys are wrapped$/,
  ],
  [
    `jig --port a --port a --database d --head-end-key k --recipe ${recipe}`,
    /each --port can be given once$/,
  ],
  [
    `jig --port a --serial 1 --serial 2 --database d --head-end-key k --recipe ${recipe}`,
    /1 ports, 2 serial numbers$/,
  ],
  [
    `jig --port a --port b --port c --supply s --supply t --database d --head-end-key k --recipe ${recipe}`,
    /--supply can be given once or once for each --port$/,
  ],
  [`jig --port a --units 5 --recipe ${recipe}`, /--units and --fault-rate are for --simulate$/],
  [`jig --simulate 2 --port a --recipe ${recipe}`, /--simulate <slots> can't go with --port <port>$/],
  [`jig --simulate 2 --supply s --recipe ${recipe}`, /--supply goes with --port, not with --simulate$/],
  [
    `jig --simulate 2 --head-end-key k --recipe ${recipe}`,
    /--head-end-key goes with --database, where the keys are kept$/,
  ],
  [`jig --simulate 65 --recipe ${recipe}`, /--simulate takes a whole number from 1 to 64, not "65"$/],
  [
    `jig --simulate 2 --units 0 --recipe ${recipe}`,
    /--units takes a whole number from 1 to 100000, not "0"$/,
  ],
  [
    `jig --simulate 2 --fault-rate 101 --recipe ${recipe}`,
    /--fault-rate takes a number from 0 to 100, not "101"$/,
  ],
  [
    `jig --simulate 2 --image-hash abc --recipe ${recipe}`,
    /--image-hash takes 64 hexadecimal digits, not "abc"$/,
  ],
  ["jig --simulate 2 --recipe /nowhere/r.json", /\/nowhere\/r\.json: there is no such file; check the path$/],
  [
    `jig --port a --database ${folder}/d.db --head-end-key /nowhere/k.pem --recipe ${recipe}`,
    /\/nowhere\/k\.pem: there is no such file; check the path$/,
  ],
];

describe("tally jig", () => {
  it.each(refused)("%s is refused in one line with exit code 2", async (commandLine, message) => {
    const bench = new Bench();
    expect(await run(bench, commandLine)).toBe(2);
    expect(bench.errors.lines).toHaveLength(1);
    expect(bench.errors.lines[0]).toMatch(message);
    expect(bench.output.text).toBe("");
  });

  it("tells with --json in one object how the units came out", async () => {
    const path = join(folder, "short.json");
    const steps = ["power-on", "identify"].map((phase) => ({ phase, timeoutSeconds: 20 }));
    writeFileSync(path, JSON.stringify({ name: "short", version: "1.0.0", steps }));
    const bench = new Bench();
    expect(await run(bench, `jig --simulate 2 --json --recipe ${path}`)).toBe(0);
    expect(bench.output.lines).toHaveLength(1);
    const { slots } = JSON.parse(bench.output.text) as { slots: { serialNumber: string }[] };
    expect(slots).toMatchObject([
      { slot: 1, place: "simulated", outcome: "PASS" },
      { slot: 2, place: "simulated", outcome: "PASS" },
    ]);
    expect(slots[0]?.serialNumber).not.toBe(slots[1]?.serialNumber);
  });

  it("leaves its subcommands' options to them", async () => {
    const bench = new Bench();
    expect(await run(bench, "jig report --json --database /nowhere/records.db --debug")).toBe(2);
    expect(bench.errors.lines[0]).toMatch(/^error: \/nowhere\/records\.db/);
  });

  it("names the line of a recipe's mistake", async () => {
    const path = join(folder, "recipe.json");
    writeFileSync(path, '{\n  "name": "a",\n  "version": "1.0.0",\n  "steps": [{ "phase": "weld" }]\n}\n');
    const bench = new Bench();
    expect(await run(bench, `jig --simulate 1 --recipe ${path}`)).toBe(2);
    expect(bench.errors.text).toMatch(
      /recipe\.json, line 4: steps\[0\]\.phase names an unknown phase "weld"; known: power-on/,
    );
  });
});
