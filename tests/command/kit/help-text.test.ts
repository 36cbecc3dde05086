import { describe, expect, it } from "@jest/globals";

import { helpText, wrapped } from "../../../command/kit/help-text.js";

const text = {
  examples: [["tally sim", "thirty days"], ["tally sim --days 365", "a year"], ["tally sim --json | jq"]],
  notes: ["One seed gives one run."],
  exitStatus: "0 when all is well, 2 for bad usage.",
} as const;

describe("the end of a command's help", () => {
  it("has what an example does beside it", () => {
    expect(helpText(text, 80)).toBe(
      [
        "",
        "Examples:",
        "  $ tally sim              thirty days",
        "  $ tally sim --days 365   a year",
        "  $ tally sim --json | jq",
        "",
        "One seed gives one run.",
        "",
        "Exit status: 0 when all is well, 2 for bad usage.",
      ].join("\n"),
    );
  });

  it("has it below where there is no room for all of them", () => {
    const lines = helpText(text, 36).split("\n");
    expect(lines.slice(1, 6)).toEqual([
      "Examples:",
      "  $ tally sim",
      "      thirty days",
      "  $ tally sim --days 365",
      "      a year",
    ]);
    expect(lines.slice(-2)).toEqual(["Exit status: 0 when all is well, 2", "for bad usage."]);
  });
});

describe("wrapped text", () => {
  it("is broken between words, and a word is never cut", () => {
    expect(wrapped("one two three-and-more four", 9)).toBe("one two\nthree-and-more\nfour");
  });
});
