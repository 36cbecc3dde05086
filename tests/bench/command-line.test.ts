import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { count } from "./command-line.js";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const benchmarks = Object.entries(scripts).flatMap(([name, script]): [string, string][] => {
  const file = /dist\/(tests\/bench\/[\w-]+)\.js$/.exec(script)?.[1];
  return file === undefined ? [] : [[name, `${file}.ts`]];
});

describe("a benchmark", () => {
  it.each(benchmarks)("explains itself, and takes no option that it does not know: %s", (name, file) => {
    const source = readFileSync(file, "utf8");
    expect(source).toContain(`benchmark(\n  "${name}",`);
    expect(source).not.toMatch(/parseArgs|process\.argv/);
  });

  it("takes counts from 1 on", () => {
    expect(count("12")).toBe(12);
    for (const text of ["0", "-1", "1.5", "x", ""])
      expect(() => count(text)).toThrow("a whole number from 1");
  });
});
