import { describe, expect, it } from "@jest/globals";

import { folded } from "../../../command/kit/folded-line.js";

describe("a line that is too long for the terminal", () => {
  it("goes on below its label", () => {
    expect(folded("battery   3.650 V, 99 % left, 20 years", 22, 10)).toBe(
      "battery   3.650 V,\n          99 % left,\n          20 years",
    );
  });

  it("is left as it is where it fits, its colours not counted", () => {
    const line = "\u001B[2mwakes\u001B[22m     12";
    expect(folded(line, 12, 10)).toBe(line);
  });

  it("keeps a word that is longer than the terminal", () => {
    expect(folded("trace     0123456789abcdef", 20, 10)).toBe("trace     0123456789abcdef");
  });
});
