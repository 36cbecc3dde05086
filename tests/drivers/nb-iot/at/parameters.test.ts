import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  hasFirstParameter,
  integerOf,
  parametersOf,
  unquoted,
} from "../../../../drivers/nb-iot/at/parameters.js";

/** Character by character, where the driver searches. */
function readSlowly(line: string, prefix: string): string[] {
  const parameters: string[] = [];
  let parameter = "";
  let isQuoted = false;
  for (const character of line.slice(prefix.length)) {
    if (character === '"') isQuoted = !isQuoted;
    if (character === "," && !isQuoted) {
      parameters.push(parameter.trim());
      parameter = "";
    } else parameter += character;
  }
  return [...parameters, parameter.trim()];
}

describe("the parameters of a line", () => {
  it("stand between commas", () => {
    expect(parametersOf('+CEREG: 5,"1A2B",,9', "+CEREG:")).toEqual(["5", '"1A2B"', "", "9"]);
  });

  it("keep commas inside quotes", () => {
    expect(parametersOf('+X: "a,b","c"', "+X:")).toEqual(['"a,b"', '"c"']);
  });

  it("are one that is empty where nothing follows the prefix", () => {
    expect(parametersOf("+X:", "+X:")).toEqual([""]);
  });

  it("are undefined on a line that begins otherwise", () => {
    expect(parametersOf("+Y: 1", "+X:")).toBeUndefined();
  });

  it("are the same however quotes, commas and blanks follow each other", () => {
    const rest = fc
      .array(fc.constantFrom('"', ",", " ", "a", "1"), { maxLength: 24 })
      .map((characters) => characters.join(""));
    fc.assert(
      fc.property(rest, (text) => {
        expect(parametersOf(`+X:${text}`, "+X:")).toEqual(readSlowly(`+X:${text}`, "+X:"));
      }),
      { seed: 660, numRuns: 2000 },
    );
  });
});

describe("a parameter", () => {
  it("is looked for in the first place of any of the lines", () => {
    expect(hasFirstParameter(["+Y: 1", "+X: 1,2"], "+X:", "1")).toBe(true);
    expect(hasFirstParameter(["+Y: 1", "+X: 2,1"], "+X:", "1")).toBe(false);
  });

  it("loses its quotes only when it has two", () => {
    expect(['"a"', '"', "a", '"a'].map(unquoted)).toEqual(["a", '"', "a", '"a']);
  });

  it("is an integer of at most ten digits, or none", () => {
    expect(["12", "-7", "", "-", "1.5", "12345678901"].map(integerOf)).toEqual([
      12,
      -7,
      ...[undefined, undefined, undefined, undefined],
    ]);
  });
});
