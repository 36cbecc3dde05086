/** What eslint.config.js forbids in code for XS, by what a file of the meter may not have. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import { ESLint, Linter } from "eslint";
import { parser } from "typescript-eslint";

const files = ["firmware/a.ts", "drivers/nb-iot/a.ts", "hal/a.ts", "hal/base/a.ts"] as const;
type MeterFile = (typeof files)[number];

const rules = new Map<string, Linter.RuleEntry>();

beforeAll(async () => {
  const eslint = new ESLint();
  for (const file of files) {
    const config = (await eslint.calculateConfigForFile(file)) as Linter.Config;
    rules.set(file, config.rules?.["no-restricted-syntax"] ?? "off");
  }
});

function broken(file: MeterFile, text: string): string[] {
  const config: Linter.Config = {
    files: ["**/*.ts"],
    languageOptions: { parser: parser },
    rules: { "no-restricted-syntax": rules.get(file) ?? "off" },
  };
  return new Linter().verify(text, config, file).map(({ message }) => message.split(":")[0] ?? "");
}

const found: readonly (readonly [string, string])[] = [
  ["for (const a of b) a();", "Loop by index, or by forEach"],
  ["class A { #b() {} }", "Declare the method as `private`, without #"],
  ['a.match("^[0-9]+$");', "Search text by hand"],
  ["a?.search(b);", "Search text by hand"],
  ["a.matchAll(b);", "Search text by hand"],
  ["JSON.parse(a);", "Read text by hand"],
  ['JSON["parse"](a);', "Read text by hand"],
  ["const { parse } = JSON;", "Read text by hand"],
  ["const a = b << 24;", "Read 32 bits by a DataView or readUnsigned"],
  ["let a = 1; a <<= 31;", "Read 32 bits by a DataView or readUnsigned"],
  ["const a = new Array<number>(4);", "Fill an array as it is made"],
  ["const a = Array(4);", "Fill an array as it is made"],
  ["a.length = 4;", "Fill an array as it is made"],
  ["class A extends Error { constructor() { super(); this.name = 'A'; } }", "Set the name by a class field"],
  ["class A extends RangeError {}", "Set the name by a class field"],
];

const fine: readonly string[] = [
  "for (let index = 0; index < 4; index++) a(index);",
  "class A { private b() {} #c = 1; }",
  "JSON.stringify(a);",
  "const a = b << 8;",
  "const a = new Array<number>(4).fill(0);",
  'class A extends Error { override name = "A"; }',
  "class A extends B {}",
];

describe.each(files)("code for XS in %s", (file) => {
  it.each(found)("is found where it has %s", (text, message) => {
    expect(broken(file, text)).toEqual([message]);
  });

  it.each(fine)("may have %s", (text) => {
    expect(broken(file, text)).toEqual([]);
  });
});

it("the firmware has no regular expressions; a modem's driver may", () => {
  expect(broken("firmware/a.ts", "/a/.exec(b);")).toEqual(["Search text by hand"]);
  expect(broken("drivers/nb-iot/a.ts", "/a/.exec(b);")).toEqual([]);
});
