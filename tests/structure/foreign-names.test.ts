import { describe, expect, it } from "@jest/globals";
import { foreignNamesIn } from "./foreign-names.js";
import { filesUnder, findingText, projectFiles, type SourceFiles } from "./source-files.js";

const files = projectFiles();

function ofKind(selection: SourceFiles, ending: RegExp): SourceFiles {
  return new Map([...selection].filter(([path]) => ending.test(path)));
}

describe("code for the meter", () => {
  it("uses nothing of the place that it runs in", () => {
    const interfaces = new Map([...files].filter(([path]) => /^hal\/[^/]+\.ts$/.test(path)));
    const own = ofKind(filesUnder(files, "firmware", "drivers", "hal/base"), /\.ts$/);
    expect(own.size).toBeGreaterThan(80);
    expect(foreignNamesIn(new Map([...interfaces, ...own])).map(findingText)).toEqual([]);
  });

  it("uses beyond that, where an image is put together, only its configuration", () => {
    const root = ofKind(filesUnder(files, "manifests"), /^manifests\/(boards\/.+|[^/]+)(?<!\.d)\.ts$/);
    expect(root.size).toBeGreaterThan(10);
    const natives = { globals: [], globalProperties: [], modules: ["mc/config"] };
    expect(foreignNamesIn(root, natives).map(findingText)).toEqual([]);
  });

  it("uses beyond that, in the chip's native modules, only what binds them to C", () => {
    const bindings = ofKind(filesUnder(files, "hal/esp32"), /\.js$/);
    const natives = { globals: ["native", "Native"], globalProperties: ["abort"], modules: ["crypt"] };
    expect(bindings.size).toBeGreaterThan(10);
    expect(foreignNamesIn(bindings, natives).map(findingText)).toEqual([]);
  });
});

/** The rules that a file with these lines breaks, with their lines. */
function broken(...lines: string[]): string[] {
  const source = new Map([["firmware/planted.ts", lines.join("\n")]]);
  return foreignNamesIn(source).map(({ line, rule }) => `${line}: ${rule}`);
}

describe("the check of foreign names", () => {
  it.each([
    ["Date.now()", "Date"],
    ["new Date()", "Date"],
    ["const { now } = Date", "Date"],
    ["class Day extends Date {}", "Date"],
    ["const source = { Date }", "Date"],
    ["export { Date }", "Date"],
    ["const day: Date = new Date(0)", "Date"],
    ["setTimeout(() => undefined, 1)", "setTimeout"],
    ["console.log(1)", "console"],
    ["process.exit()", "process"],
    ["Buffer.alloc(1)", "Buffer"],
    ["globalThis.Date.now()", "globalThis"],
    ['globalThis["Date"]', "globalThis"],
    ['eval("1")', "eval"],
    ['new Function("return 1")', "Function"],
    ["new Intl.NumberFormat()", "Intl"],
    ["Atomics.load(cells, 0); const cells = []", "Atomics"],
    ["typeof window", "window"],
    ["`${Date.now()}`", "Date"],
    ["`the time is ${`${new Date().getTime()}`} now`", "Date"],
  ])("finds the global in %s", (text, name) => {
    expect(broken(text)).toEqual([`1: the global ${name} is not the meter's to use`]);
  });

  it.each([
    ["Math.random()", "Math.random is not the meter's to use"],
    ["Math.pow(2, 0.5)", "Math.pow is not the meter's to use"],
    ['Math["random"]()', "Math is only to be used as Math.<name>"],
    ["const { random } = Math", "Math is only to be used as Math.<name>"],
    ["const m = Math; m.random()", "Math is only to be used as Math.<name>"],
    ["take(Math); function take() {}", "Math is only to be used as Math.<name>"],
  ])("finds chance in %s", (text, rule) => {
    expect(broken(text)).toEqual([`1: ${rule}`]);
  });

  it.each([
    [
      "Object.getOwnPropertyNames(f); function f() {}",
      "Object.getOwnPropertyNames is not the meter's to use",
    ],
    ["Object.getPrototypeOf([])", "Object.getPrototypeOf is not the meter's to use"],
    ["const { getOwnPropertyNames } = Object", "Object is only to be used as Object.<name>"],
    ["JSON.parse('1')", "JSON.parse is not the meter's to use"],
    ["const { parse } = JSON", "JSON is only to be used as JSON.<name>"],
  ])("finds more than is needed of a global in %s", (text, rule) => {
    expect(broken(text)).toEqual([`1: ${rule}`]);
  });

  it.each([
    "(1).toLocaleString()",
    '"a".localeCompare("b")',
    '"a".toLocaleUpperCase()',
    '"a"["localeCompare"]("b")',
    "const { localeCompare } = 'a'",
    '"a".normalize()',
  ])("finds a locale in %s", (text) => {
    expect(broken(text)).toEqual(["1: text that depends on a locale is the host's"]);
  });

  it.each([
    ['import { readFileSync } from "node:fs"', "the module node:fs is the host's"],
    ['export * from "embedded:io/digital"', "the module embedded:io/digital is the host's"],
    ['import fs = require("fs")', "the module fs is the host's"],
    ['await import("timers")', "the module timers is the host's"],
    ["const name = './a.js'; await import(name)", "an import names its module by no plain text"],
    ["import.meta.url", "import.meta is the host's"],
    ["declare const now: () => number", "a global must not be declared: it would be the host's"],
    ["declare global { var now: number }", "a global must not be declared: it would be the host's"],
    ["(() => 1).constructor('return 1')", "a constructor reached by its property can make code of text"],
    ["(() => 1)['constructor']('return 1')", "a constructor reached by its property can make code of text"],
  ])("finds the host in %s", (text, rule) => {
    expect(broken(text)).toContain(`1: ${rule}`);
  });

  it.each([
    ["a type's name", 'import type { Date } from "./a.js"; new Date()'],
    ["one type's name", 'import { type Date } from "./a.js"; new Date()'],
    ["an interface's name", "interface Date { now(): number } Date.now()"],
    ["the name of a type", "type Date = number; const now = Date;"],
  ])("is not misled by %s", (_, text) => {
    expect(broken(text)).toEqual(["1: the global Date is not the meter's to use"]);
  });

  it.each([
    ["const { constructor } = () => 1", "a constructor reached by its property can make code of text"],
    [
      "const name = 'constructor'; (() => 1)[name]()",
      "a constructor reached by its property can make code of text",
    ],
    ["const clock = thing['Da' + 'te']; const thing = {}", "a property's name is not to be pieced together"],
    [
      "const clock = thing[['Da', 'te'].join('')]; const thing = {}",
      "a property's name is not to be pieced together",
    ],
    [
      "const clock = thing[String.fromCharCode(68)]; const thing = {}",
      "a property's name is not to be pieced together",
    ],
    ["const clock = thing[`${'Da'}te`]; const thing = {}", "a property's name is not to be pieced together"],
  ])("finds the way round in %s", (text, rule) => {
    expect(broken(text)).toEqual([`1: ${rule}`]);
  });

  it.each(["globalThis.Date.now()", 'globalThis["Da" + "te"]', "const all = globalThis"])(
    "lets a binding reach by globalThis what is named for it, and not %s",
    (text) => {
      const natives = { globals: [], globalProperties: ["abort"], modules: [] };
      const rules = foreignNamesIn(new Map([["hal/esp32/planted.js", text]]), natives);
      expect(rules.map(({ rule }) => rule)).toContain("globalThis is only to be used as globalThis.abort");
    },
  );

  it("tells the line, behind templates and regular expressions too", () => {
    const lines = [
      "const text = `a ${1 + `b`.length} {`;",
      "const form = /[`'\"]/;",
      "console.log(text, form);",
    ];
    expect(broken(...lines)).toEqual(["3: the global console is not the meter's to use"]);
  });

  it.each([
    ["a property", "const reading = { Date: 1, console: 2 }; reading.Date + reading.console"],
    ["a method", "class Log { setTimeout() { return this.process; } process = 1; }"],
    ["a name of its own", "import { process } from './wake.js'; process(1)"],
    ["a parameter", "const tell = (console: string) => console + 1"],
    ["a local variable", "function f() { const Date = 1; return { Date, other: Date }; }"],
    [
      "a type",
      "interface Clock { Date: number } type Buffer = Clock; const b = undefined as Buffer | undefined",
    ],
    ["a renamed part", "const { process: steps } = { process: 1 }; steps + 1"],
    [
      "a mark of types",
      "declare const mark: unique symbol; export interface Marked { readonly [mark]?: number }",
    ],
    ["a label", "process: for (;;) break process"],
    ["words", "/* Date.now() */ const text = 'new Date' + `console.log`; text.length"],
    [
      "what the engine has",
      "Math.floor(1.5); Math.max(1, 2); new Uint8Array(2); Number.isInteger(1); undefined",
    ],
  ])("lets %s be", (_, text) => {
    expect(broken(text)).toEqual([]);
  });
});
