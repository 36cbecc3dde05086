import { describe, expect, it } from "@jest/globals";
import { moduleStateIn } from "./module-state.js";
import { filesUnder, findingText, projectFiles } from "./source-files.js";

it("no module of the meter keeps anything from call to call", () => {
  const files = filesUnder(projectFiles(), "firmware", "drivers", "hal/base");
  const own = new Map([...files].filter(([path]) => /(?<!\.d)\.ts$/.test(path)));
  expect(own.size).toBeGreaterThan(80);
  expect(moduleStateIn(own).map(findingText)).toEqual([]);
});

function rules(text: string): string[] {
  return moduleStateIn(new Map([["firmware/planted.ts", text]])).map(({ rule }) => rule);
}

describe("the check of modules' state", () => {
  it.each([
    ["a variable", "let count = 0;", "a module has constants only"],
    ["an exported variable", "export let count = 0;", "a module has constants only"],
    ["an object", "const memory = { count: 0 };", "a constant of a module is frozen"],
    ["a list", "export const seen: number[] = [];", "a constant of a module is frozen"],
    ["a map", "const seen = new Map<string, number>();", "a module makes no object that can change"],
    [
      "a frozen map",
      "const seen = Object.freeze(new Map<string, number>());",
      "a module makes no object that can change",
    ],
    [
      "bytes",
      "const room = Object.freeze({ bytes: new Uint8Array(4) });",
      "a module makes no object that can change",
    ],
    [
      "a closure",
      "const next = counter(); function counter() { let count = 0; return () => count++; }",
      "counter may keep something: it is none of the makers of constants",
    ],
    [
      "a closure called on the spot",
      "const next = Object.freeze({ next: (() => { let n = 0; return () => n++; })() });",
      "(() => { let n = 0; return () => n++; }) may keep something: it is none of the makers of constants",
    ],
    [
      "a static property",
      "class Log { static count = 0; }",
      "a static property is a module's state: make it a constant of the module",
    ],
    [
      "a private static property",
      "class Log { static readonly #seen = []; }",
      "a static property is a module's state: make it a constant of the module",
    ],
    ["a static block", "class Log { static { start(); } }", "a class does nothing while it is loaded"],
    ["something done", "start();", "a module declares, and does nothing while it is loaded"],
    ["a prototype changed", "function f() { Log.prototype.count = 1; }", "a prototype is nobody's to change"],
    [
      "a class changed",
      "function f() { Object.defineProperty(Log, 'count', {}); }",
      "Object.defineProperty changes what others have",
    ],
    [
      "a class assigned to",
      "function f() { Object.assign(Log, {}); }",
      "Object.assign changes what others have",
    ],
    [
      "a list made of a list",
      "const seen = Object.freeze([0]).map((count) => count);",
      "a list that is made while a module is loaded is frozen",
    ],
    [
      "a list of keys",
      "const names: string[] = Object.keys(table);",
      "a list that is made while a module is loaded is frozen",
    ],
    [
      "a list in what is frozen",
      "const room = Object.freeze({ names: Object.keys(table) });",
      "a list that is made while a module is loaded is frozen",
    ],
    [
      "a function's property",
      "function f() { f.calls = 1; }",
      "a function or class of a module keeps nothing",
    ],
    [
      "a function's property under its type",
      "function f() { (f as Counted).calls++; }",
      "a function or class of a module keeps nothing",
    ],
    [
      "an imported function's property",
      "import { f } from './f.js'; function g() { (f as Counted).calls = 1; }",
      "a function or class of a module keeps nothing",
    ],
    [
      "a function under another name",
      "function f() { const self = f as Counted; self.calls = 1; }",
      "a function or class of a module has one name: under another it could be changed",
    ],
  ])("finds %s", (_, text, rule) => {
    expect(rules(text)).toContain(rule);
  });

  it.each([
    ["numbers", "const day = 24 * 3600; export const week = 7 * day;"],
    ["frozen facts", 'export const causes = Object.freeze(["start", "pulses"] as const);'],
    [
      "functions in them",
      "const commands = Object.freeze({ read: () => { const list = []; return list; } });",
    ],
    [
      "what a function makes",
      "function f() { const values = {}; Object.assign(values, { a: 1 }); return values; }",
    ],
    ["a frozen list of a list", "const names = Object.freeze(Object.keys(table).map((name) => name));"],
    ["a list in a list", "const all = Object.freeze([...one.concat(other)]);"],
    ["a static method", "class Log { static of() { return new Log(); } }"],
  ])("lets %s be", (_, text) => {
    expect(rules(text)).toEqual([]);
  });
});
