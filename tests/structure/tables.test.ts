/** A table of words stands once, and so does a number that nobody would choose by chance. */
import { expect, it } from "@jest/globals";
import ts from "typescript";
import { filesUnder, projectFiles, type SourceFiles } from "./source-files.js";

const leastWords = 3;

/** Choices from a table, which a type holds to it. */
const choices = ["firmware/products/gas.ts", "firmware/products/water.ts", "firmware/uplink/session.ts"];

interface Table {
  readonly path: string;
  readonly words: readonly string[];
}

/** Lists of words all of which stand in another file's list, too. */
function copiedTables(files: SourceFiles): string[] {
  const tables = [...files].flatMap(([path, text]) => tablesOf(path, text));
  return tables.flatMap(({ path, words }) => {
    const original = tables.find(
      (other) => other.path !== path && words.every((word) => other.words.includes(word)),
    );
    return original ? [`${path}: ${words.join(", ")} stand in ${original.path}`] : [];
  });
}

function tablesOf(path: string, text: string): Table[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const tables: Table[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node)) {
      const words = node.elements.filter(ts.isStringLiteralLike).map((element) => element.text);
      if (words.length >= leastWords && words.length === node.elements.length) tables.push({ path, words });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return tables;
}

/** Below it a number may mean anything. */
const leastFact = 86_400;

interface Numbered {
  readonly path: string;
  readonly value: number;
  /** Of the constant that is this number and no more, where it is exported. */
  readonly fact: string | undefined;
}

/** Numbers that are another file's exported constant. */
function copiedFacts(files: SourceFiles): string[] {
  const numbers = [...files].flatMap(([path, text]) => numbersOf(path, text));
  const facts = numbers.filter(({ path, fact }) => fact !== undefined && isHome.test(path));
  return numbers.flatMap(({ path, value }) => {
    const original = facts.find((other) => other.value === value);
    return original && original.path !== path ? [`${path}: ${value} is ${String(original.fact)}`] : [];
  });
}

/** Where facts stand that many need. */
const isHome = /^(hal\/base\/time-units|firmware\/contracts\/.*)\.ts$/;

function numbersOf(path: string, text: string): Numbered[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const numbers: Numbered[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNumericLiteral(node) && Number(node.text) >= leastFact) {
      const { parent } = node;
      const isFact = ts.isVariableDeclaration(parent) && parent.parent.parent.getText().startsWith("export ");
      numbers.push({ path, value: Number(node.text), fact: isFact ? parent.name.getText() : undefined });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return numbers;
}

it("no number of time or of the contracts is written a second time in code for the meter", () => {
  expect(copiedFacts(filesUnder(projectFiles(), "firmware", "drivers", "hal/base"))).toEqual([]);
});

it("a number is found that is a contract's, however it is written", () => {
  const planted = new Map([
    ["firmware/contracts/line.ts", "export const baudRate = 115_200; export const idleSeconds = 60;"],
    ["drivers/a.ts", "export const speed = 1152e2; const idle = 60; const other = 115_201;"],
  ]);
  expect(copiedFacts(planted)).toEqual(["drivers/a.ts: 115200 is baudRate"]);
});

it("no table of words is copied in code for the meter", () => {
  const files = filesUnder(projectFiles(), "firmware", "drivers", "hal/base");
  const found = copiedTables(files).filter((line) => !choices.some((path) => line.startsWith(`${path}:`)));
  expect(found).toEqual([]);
});

it("a table is found that is a part of another's", () => {
  const planted = new Map([
    [
      "firmware/events/names.ts",
      'export const names = Object.freeze(["power-on", "reset", "time-set", "locked"]);',
    ],
    [
      "firmware/local/a.ts",
      'const names = ["power-on", "reset", "locked"]; const two = ["power-on", "reset"];',
    ],
  ]);
  expect(copiedTables(planted)).toEqual([
    "firmware/local/a.ts: power-on, reset, locked stand in firmware/events/names.ts",
  ]);
});
