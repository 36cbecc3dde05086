import { describe, expect, it } from "@jest/globals";

import { runTally } from "../../command/run-tally.js";
import { Bench } from "./bench.js";

const commands = [
  "sim",
  "unit",
  "chaos",
  "prove",
  "flash",
  "image",
  "image show",
  "jig",
  "jig report",
  "jig unit",
  "jig verify",
  "settings",
  "verify-log",
];

async function helpOf(command: string): Promise<string> {
  const bench = new Bench();
  expect(await bench.run(`${command} --help`)).toBe(0);
  expect(bench.errors.text).toBe("");
  return bench.output.text;
}

describe("the help of the program", () => {
  it("has each command in a line of its own, in groups", async () => {
    const help = await helpOf("");
    expect(help).toMatch(/\nSimulate a meter:\n {2}sim {2,}\S.*\n {2}unit {2,}\S.*\n\nTest the firmware:\n/);
  });

  it("fits a narrow terminal", async () => {
    const bench = new Bench();
    bench.output.columns = 60;
    await bench.run("--help");
    expect(bench.output.lines.filter((line) => line.length > 60)).toEqual([]);
  });

  it("is shown on standard error with exit code 2 where a command is wanting", async () => {
    const bench = new Bench();
    expect(await bench.run("")).toBe(2);
    expect(bench.errors.text).toMatch(/^Usage: tally/);
    expect(bench.output.text).toBe("");
  });

  it("--version prints the version alone", async () => {
    const bench = new Bench();
    expect(await bench.run("--version")).toBe(0);
    expect(bench.output.text).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("the help of a command", () => {
  it.each(commands)(
    "tally %s has its own options, examples and exit status, and no camelCase",
    async (name) => {
      const help = await helpOf(name);
      expect(help).toMatch(new RegExp(`^Usage: tally ${name} `));
      expect(help).toMatch(/\nExamples?:\n {2}\$ /);
      expect(help).toMatch(/\nExit status: \d/);
      expect(help).not.toMatch(/Global|--version/);
      expect(
        help.match(/(?<![/.])\b[a-z]+[A-Z][a-z]+\b/g)?.filter((word) => word !== "eFuses") ?? [],
      ).toEqual([]);
    },
  );

  it("is the same after `help`, in front of the command or of one below it", async () => {
    expect(await helpOf("jig report")).toBe(await helpOf("help jig report"));
  });

  it("tells what a command below another takes, and nothing of that one", async () => {
    const help = await helpOf("jig report");
    expect(help).toContain("--postgresql");
    expect(help).not.toMatch(/--recipe|--simulate/);
  });

  it("breaks its lines for a narrow terminal", async () => {
    const bench = new Bench();
    bench.output.columns = 60;
    await bench.run("chaos --help");
    const prose = bench.output.lines.filter((line) => !line.startsWith("  $"));
    expect(prose.filter((line) => line.length > 60)).toEqual([]);
  });
});

/** Words of the command line, and what the line on standard error has to say. */
const refused: readonly (readonly [words: readonly string[], RegExp])[] = [
  [["--verbose"], /tally has no option --verbose; `tally --help` lists what it has$/],
  [["simm"], /tally has no command simm \(Did you mean sim\?\); it has sim, unit, /],
  [["sim", "now"], /tally sim takes options only; `tally sim --help` shows how$/],
  [
    ["sim", "--sede", "5"],
    /tally sim has no option --sede \(Did you mean --seed\?\); `tally sim --help` lists/,
  ],
  [["sim", "--version"], /tally sim has no option --version/],
  [["chaos", "--persons", "3"], /tally chaos has no option --persons/],
  [["sim", "--days"], /--days <number> lacks its value: how long, /],
  [["sim", "--trace", ""], /the command line has an empty word after --trace where a value should be$/],
  [["sim", "--trace="], /the command line has an empty word after --trace where a value should be$/],
  [["verify-log"], /tally verify-log needs <file>: a log written by/],
  [["verify-log", "a", "b"], /tally verify-log takes only <file> beside its options/],
  [
    ["jig", "reprot"],
    /tally jig has no command reprot \(Did you mean report\?\); it has report, unit, verify$/,
  ],
  [["sim", "--engine", "nodee"], /unknown engine "nodee" \(Did you mean node\?\); known: xs, /],
  [
    ["sim", "--set", "interval-second=900"],
    /no setting interval-second \(Did you mean interval-seconds\?\); /,
  ],
  [["chaos", "--only", "power-cut"], /unknown fault "power-cut" \(Did you mean power-cuts\?\); /],
  [["prove", "--part", "flip"], /unknown part "flip" \(Did you mean flips\?\); known: /],
  [["sim", "--days", "1", "--seed", "2", "--days", "3"], /--days is given twice$/],
  [
    ["sim", "--set", "interval-seconds=900", "--set", "interval-seconds=60"],
    /--set interval-seconds is given twice$/,
  ],
  [["flash", "--board", "esp32", "--board", "esp32c6", "--product", "gas"], /--board is given twice$/],
  [["image", "show", "f", "--product", "gas", "--product", "gas"], /--product is given twice$/],
  [["jig", "report", "--recipe", "r"], /tally jig report has no option --recipe/],
  [
    ["jig", "--database", "r", "report"],
    /--database is an option of tally jig alone; tally jig report takes its own options, after its name$/,
  ],
];

describe("a command line that is wrong", () => {
  it.each(refused)("%j is refused in one line with exit code 2", async (words, message) => {
    const bench = new Bench();
    expect(await runTally(words, bench)).toBe(2);
    expect(bench.errors.lines).toHaveLength(1);
    expect(bench.errors.lines[0]).toMatch(/^error: /);
    expect(bench.errors.lines[0]).toMatch(message);
    expect(bench.output.text).toBe("");
  });

  it("may have options again that make a list", async () => {
    const bench = new Bench();
    expect(
      await bench.run("sim --engine node --days 0.01 --outage 1..2 --outage 3..4 --set leak-hours=x"),
    ).toBe(2);
    expect(bench.errors.text).toContain("--set takes name=value");
  });

  it.each([["--debug sim --days x"], ["sim --days x --debug"], ["jig report --debug"]])(
    "%s shows where the error comes from",
    async (commandLine) => {
      const bench = new Bench();
      expect(await bench.run(commandLine)).toBe(2);
      expect(bench.errors.text).toMatch(/\n {4}at /);
    },
  );
});
