/** A table of words stands once: whoever needs a part of it takes it from there. */
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
