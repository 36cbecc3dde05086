import { readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { Compiler } from "../compiler.js";

const page = readFileSync("CONTRIBUTING.md", "utf8");

/** The first block of TypeScript below a heading. */
function exampleOf(heading: string): string {
  const section = page.split(`\n## ${heading}\n`)[1] ?? "";
  return /```ts\n([\s\S]*?)```/.exec(section.split("\n## ")[0] ?? "")?.[1] ?? "";
}

it("shows a setting that compiles", () => {
  const file = "firmware/settings/example-settings.ts";
  const source = `import type { SettingEntry } from "./setting-entry.js";\n${exampleOf("Adding a setting")}`;
  expect(source).toContain("SettingEntry>>");
  expect(new Compiler().complaints([file], { [file]: () => source })).toEqual({});
});

it("would tell of a setting that lacks its unit", () => {
  const file = "firmware/settings/example-settings.ts";
  const example = exampleOf("Adding a setting").replace('unit: "h",', "");
  const source = `import type { SettingEntry } from "./setting-entry.js";\n${example}`;
  expect(Object.keys(new Compiler().complaints([file], { [file]: () => source }))).toEqual([file]);
});
