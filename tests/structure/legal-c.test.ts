/** The legally relevant part's C stands by itself: it declares and calls what it defines, and a few headers of C's own. */
import { describe, expect, it } from "@jest/globals";
import { filesUnder, projectFiles, type SourceFiles } from "./source-files.js";

const core = filesUnder(projectFiles(), "hal/core");

const ownHeaders = ["stdbool.h", "stddef.h", "stdint.h", "string.h"];

/** What C would take from outside of `files` without an include that is theirs. */
function outsideOf(files: SourceFiles): string[] {
  const texts = [...files.values()].map((text) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""));
  const text = texts.join("\n");
  const code = text.replace(/^\s*#.*$/gm, "");
  const defined = new Set(Array.from(code.matchAll(/(\w+)\s*\([^(){};]*\)\s*\{/g), ([, name]) => name));
  const declared = Array.from(code.matchAll(/((?:\w+[\s*]+)+)(\w+)\s*\([^(){};]*\)\s*;/g))
    .filter(([, before = ""]) => !/\b(return|else|case|goto|do)\b/.test(before))
    .map(([, , name]) => name);
  const headers = Array.from(text.matchAll(/#\s*include\s*<([^>]*)>/g), ([, name = ""]) => name);
  return [
    ...declared.filter((name) => !defined.has(name)).map((name) => `${String(name)} is not defined here`),
    ...(code.match(/\b(extern|asm|__asm__|__asm|dlsym)\b/g) ?? []).map((word) => `${word} reaches outside`),
    ...headers.filter((name) => !ownHeaders.includes(name)).map((name) => `<${name}> is not needed`),
  ];
}

describe("the legally relevant part's C", () => {
  it("declares nothing that it does not define", () => {
    expect(core.size).toBeGreaterThan(3);
    expect(outsideOf(core)).toEqual([]);
  });

  it.each([
    ["extern int tally(int);", ["tally is not defined here", "extern reaches outside"]],
    ["int tally(int pulses);", ["tally is not defined here"]],
    ["static void f(void) {\n  int tally(void);\n}", ["tally is not defined here"]],
    ["extern int pulses;", ["extern reaches outside"]],
    ['int pulses(void) __asm__("tally");', ["__asm__ reaches outside"]],
    ["#include <stdlib.h>", ["<stdlib.h> is not needed"]],
  ])("is found where it has %s", (text, found) => {
    expect(outsideOf(new Map([["hal/core/a.c", text]]))).toEqual(found);
  });

  it("may call and declare what is its own", () => {
    const text =
      "static int f(int a);\n/* extern */\nstatic int f(int a) { return f(a); }\nvoid g(void) { f(1); }";
    expect(outsideOf(new Map([["hal/core/a.c", text]]))).toEqual([]);
  });
});
