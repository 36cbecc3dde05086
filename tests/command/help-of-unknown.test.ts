import { describe, expect, it } from "@jest/globals";
import { Bench } from "./bench.js";

describe("help on a command that is not there", () => {
  it.each([
    ["help simm", "tally has no command simm"],
    ["simm --help", "tally has no command simm"],
    ["help jig repot", "tally jig has no command repot"],
  ])("is refused: %s", async (line, reason) => {
    const bench = new Bench();
    expect(await bench.run(line)).toBe(2);
    expect(bench.output.text).toBe("");
    expect(bench.errors.text).toContain(reason);
  });

  it.each(["help", "--help", "help jig report", "jig report --help", "help sim"])(
    "is no hindrance where it is: %s",
    async (line) => {
      expect(await new Bench().run(line)).toBe(0);
    },
  );
});
