import ts from "typescript";
import { resolveImport } from "./imports.js";
import { homeOf, type Room } from "./rooms.js";
import type { Finding, SourceFiles } from "./source-files.js";

/** A name of another room that a file may pass on, and why. */
export interface PassedOn {
  readonly file: string;
  readonly name: string;
  readonly why: string;
}

/**
 * Names that a file gives on as if they were its own: those of another room, by which a third would reach what the
 * table of rooms keeps from it, and second names for what somebody has named already.
 */
export function namesPassedOn(
  files: SourceFiles,
  rooms: readonly Room[],
  allowed: readonly PassedOn[] = [],
): Finding[] {
  return [...files].flatMap(([path, text]) => {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    const origins = originsOf(source, files);
    const isAllowed = (name: string): boolean =>
      allowed.some((entry) => entry.file === path && entry.name === name);
    const isForeign = (origin: string | undefined): boolean =>
      origin !== undefined && homeOf(origin, rooms)?.place !== homeOf(path, rooms)?.place;
    return source.statements.flatMap((statement) => {
      const { line } = source.getLineAndCharacterOfPosition(statement.getStart());
      return passedOnBy(statement, path, files, origins)
        .filter(({ name, origin, isSecond }) => !isAllowed(name) && (isSecond || isForeign(origin)))
        .map(({ name, origin, isSecond }) => ({
          file: path,
          line: line + 1,
          rule: isSecond
            ? `${name} is a second name for ${isSecond}`
            : `${name} is ${String(origin)}'s to give`,
        }));
    });
  });
}

interface Passed {
  readonly name: string;
  /** The file that it is from; undefined for what is from no file of the project. */
  readonly origin: string | undefined;
  /** What it is called where it is from, if that is something else. */
  readonly isSecond?: string | undefined;
}

function passedOnBy(
  statement: ts.Statement,
  path: string,
  files: SourceFiles,
  origins: ReadonlyMap<string, string>,
): Passed[] {
  if (ts.isExportDeclaration(statement)) {
    const { moduleSpecifier, exportClause } = statement;
    const from =
      moduleSpecifier && ts.isStringLiteral(moduleSpecifier)
        ? resolveImport(path, moduleSpecifier.text, files).to
        : undefined;
    if (!exportClause || !ts.isNamedExports(exportClause)) return [{ name: "*", origin: from }];
    return exportClause.elements.map(({ name, propertyName }) => ({
      name: name.text,
      origin: from ?? origins.get((propertyName ?? name).text),
      isSecond: propertyName?.text,
    }));
  }
  const given = secondNames(statement).filter(({ isSecond }) => isSecond && origins.has(isSecond));
  return given.map((entry) => ({ ...entry, origin: origins.get(entry.isSecond ?? "") }));
}

/** `export const a = b`, `export type A = B`, `export class A extends B {}`, `export default b`. */
function secondNames(statement: ts.Statement): Omit<Passed, "origin">[] {
  if (ts.isExportAssignment(statement))
    return [{ name: "default", isSecond: plainName(statement.expression) }];
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  if (!isExported) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name, initializer }) => ({
      name: name.getText(),
      isSecond: plainName(initializer),
    }));
  if (ts.isTypeAliasDeclaration(statement) && ts.isTypeReferenceNode(statement.type))
    return [{ name: statement.name.text, isSecond: statement.type.getText() }];
  const isEmpty =
    (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) &&
    statement.members.length === 0;
  const base = isEmpty ? statement.heritageClauses?.[0]?.types[0] : undefined;
  return base && isEmpty ? [{ name: statement.name?.text ?? "", isSecond: base.expression.getText() }] : [];
}

function plainName(value: ts.Expression | undefined): string | undefined {
  if (!value) return undefined;
  if (ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isParenthesizedExpression(value))
    return plainName(value.expression);
  return ts.isIdentifier(value) ? value.text : undefined;
}

/** The file that each imported name is from. */
function originsOf(source: ts.SourceFile, files: SourceFiles): Map<string, string> {
  const origins = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const { to, kind } = resolveImport(source.fileName, statement.moduleSpecifier.text, files);
    const bindings = statement.importClause?.namedBindings;
    const names =
      bindings && ts.isNamedImports(bindings) ? [...bindings.elements] : bindings ? [bindings] : [];
    if (kind === "file") for (const { name } of names) origins.set(name.text, to);
  }
  return origins;
}
