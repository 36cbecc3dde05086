import { describe, expect, it } from "@jest/globals";
import { mutants } from "../../../sim/proof/mutants.js";
import { Bench } from "../bench.js";

describe("tally prove", () => {
  it("prints one JSON object with the number of runs of each part", async () => {
    const bench = new Bench();
    expect(await bench.run("prove --part seeds --seeds 20 --json")).toBe(0);
    expect(bench.output.lines).toHaveLength(1);
    const report = JSON.parse(bench.output.text) as Record<string, unknown>;
    expect(Object.entries(report)).toEqual([
      ["cuts", 0],
      ["nestedCuts", 0],
      ["seeds", 20],
      ["flips", 0],
      ["badBlockRuns", 0],
      ["violations", 0],
    ]);
  });

  it("shows what other stores would have lost under the same cuts", async () => {
    const bench = new Bench();
    expect(await bench.run("prove --part baselines")).toBe(0);
    const figures = (store: string): number[] => {
      const line = bench.output.lines.find((candidate) => candidate.startsWith(store)) ?? "";
      return line
        .slice(store.length)
        .trim()
        .split(/ +/)
        .map((figure) => Number(figure.replace(/,/g, "")));
    };
    const [cuts, ...lost] = figures("Tally's journal");
    expect(cuts).toBeGreaterThan(100);
    expect(lost).toEqual([0, 0, 0]);
    for (const store of ["NVS", "Moddable's preference"])
      expect(Math.max(...figures(store).slice(1))).toBeGreaterThan(0);
  });

  it("tells the story of one run", async () => {
    const bench = new Bench();
    expect(await bench.run("prove --replay cut/tiny/5.prefix-17.power")).toBe(0);
    expect(bench.output.text).toMatch(/CUT \(prefix-17\)\n/);
    expect(bench.output.text).toMatch(/✔ cut\/tiny\/5\.prefix-17\.power: every invariant held\n$/);
  });

  it.each([
    ["--replay cut/tiny/5.prefix-99.power", 'no run has the id "cut/tiny/5.prefix-99.power"'],
    ["--mutant no-such-bug", 'unknown mutant "no-such-bug"'],
    ["--mutant no-crc --part baselines", "the baselines find no mutant"],
    ["--seeds 0", "--seeds takes a whole number"],
  ])("refuses %s", async (words, message) => {
    const bench = new Bench();
    expect(await bench.run(`prove ${words}`)).toBe(2);
    expect(bench.errors.text).toContain(message);
  });

  it("catches a mutant, and says by which run", async () => {
    const bench = new Bench();
    expect(await bench.run("prove --mutant no-crc --part cuts --json")).toBe(0);
    const { mutants: results } = JSON.parse(bench.output.text) as { mutants: unknown[] };
    expect(results).toEqual([
      { name: "no-crc", caught: true, part: "cuts", id: expect.stringMatching(/^cut\//) },
    ]);
  });

  it("reports a mutant that survives, and fails", async () => {
    const bench = new Bench();
    expect(await bench.run("prove --mutant no-erase-check --part seeds --seeds 3")).toBe(1);
    expect(bench.output.text).toMatch(/^survived no-erase-check +\d+ s\n\n✘ 1 of 1 mutant survived\n$/);
  });

  it("knows the six bugs of the field's history and at least as many more", () => {
    expect(mutants.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "erase-before-write",
        "header-before-erase",
        "no-crc",
        "no-blank-check",
        "magic-first",
        "newest-by-position",
      ]),
    );
    expect(mutants.length).toBeGreaterThanOrEqual(12);
  });
});
