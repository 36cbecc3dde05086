import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import ts from "typescript";
import { mostDuties } from "../../firmware/duties/duty-memory.js";
import { sealByteLength } from "../../firmware/legal/retained/slice.js";
import { retainedRooms } from "../../firmware/storage/retained-rooms.js";

it("retained memory has a room for every slice that is declared, with place for its seal, and no other room", () => {
  const declarations = declaredSlices();
  expect(declarations.map(({ name }) => name).sort()).toEqual(Object.keys(retainedRooms).sort());
  for (const { name, byteLength } of declarations) {
    expect([name, byteLength + sealByteLength <= (retainedRooms[name]?.byteLength ?? 0)]).toEqual([
      name,
      true,
    ]);
  }
});

it("no owner opens a slice but by a declaration that stands beside it, under its type", () => {
  // The base of all slices passes on what its owners give.
  const owners = firmwareFiles().filter(([path]) => path !== "legal/retained/slice.ts");
  const found = owners.flatMap(([path, text]) => {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    const strange: string[] = [];
    const visit = (node: ts.Node): void => {
      const given = declarationGiven(node);
      const isNamed = given && ts.isIdentifier(given) && isDeclaredIn(source, given.text);
      if (given && !isNamed) strange.push(`${path}: ${node.getText()}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return strange;
  });
  expect(found).toEqual([]);
});

/** The declaration in `super(slices, declaration)` of a slice and in `slices.open(declaration)`. */
function declarationGiven(node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const isSlice = node.expression.kind === ts.SyntaxKind.SuperKeyword && sliceOf(node);
  if (isSlice) return node.arguments[1];
  const isOpened = ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "open";
  return isOpened ? node.arguments[0] : undefined;
}

function sliceOf(node: ts.Node): boolean {
  let scope = node.parent;
  while (!ts.isClassDeclaration(scope)) scope = scope.parent;
  return scope.heritageClauses?.some((clause) => clause.getText() === "extends Slice") === true;
}

function isDeclaredIn(source: ts.SourceFile, name: string): boolean {
  return source.statements.some(
    (statement) =>
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.some(
        (each) => each.name.getText() === name && each.type?.getText() === "SliceDeclaration",
      ),
  );
}

function firmwareFiles(): [string, string][] {
  return readdirSync("firmware", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => [path, readFileSync(`firmware/${path}`, "utf8")]);
}

/** Every declaration in the firmware's sources, by what its owner writes. */
function declaredSlices(): { name: string; byteLength: number }[] {
  const lengths = {
    "nextAt + 7": mostDuties * 8 + 7,
    "notedLogs.length * 2 * positionByteLength": 56,
  };
  return firmwareFiles().flatMap(([, text]) => {
    const pattern =
      /SliceDeclaration = Object\.freeze\(\{\s*name: "([\w-]+)",\s*version: \d+,\s*byteLength: ([^,}]+?),?\s*\}\)/g;
    return Array.from(text.matchAll(pattern), ([, name = "", length = ""]) => ({
      name,
      byteLength: (lengths as Record<string, number>)[length] ?? Number(length),
    }));
  });
}
