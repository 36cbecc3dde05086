import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import type { SourceFiles } from "./source-files.js";
import { surfaceOf } from "./surface.js";

type Named = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/**
 * What others hand in through `doors`: the interfaces and types that parameters of their exports name, and all that
 * those name, each file with its lines. Types that the doors declare themselves are in their own surface. Classes are
 * left out: what is handed in is code of the files that declare them.
 */
export function inletsOf(files: SourceFiles, doors: readonly string[]): string[] {
  const found = new Map<string, Set<string>>();
  const waiting = doors.flatMap((door) => parametersOf(parsed(door, files)).flatMap((node) => typesIn(node)));
  for (const name of waiting) {
    const declared = declarationOf(name, files);
    if (!declared) continue;
    const path = declared.getSourceFile().fileName;
    const names = found.get(path) ?? new Set<string>();
    found.set(path, names);
    if (names.has(declared.name.text)) continue;
    names.add(declared.name.text);
    waiting.push(...typesIn(declared));
  }
  return [...found]
    .filter(([path]) => !doors.includes(path))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, names]) => [path, ...linesOf(path, names, files)].join("\n"));
}

function linesOf(path: string, names: ReadonlySet<string>, files: SourceFiles): string[] {
  const declarations = declarationsOf(parsed(path, files)).filter(({ name }) => names.has(name.text));
  const text = declarations.map((node) => node.getText().replace(/^(?!export )/, "export "));
  return surfaceOf(path, text.join("\n")).map((line) => `  ${line}`);
}

/** Parameters of functions, and of what is in classes. */
function parametersOf(source: ts.SourceFile): ts.ParameterDeclaration[] {
  return source.statements.flatMap((statement) => {
    if (ts.isFunctionDeclaration(statement)) return [...statement.parameters];
    if (!ts.isClassDeclaration(statement)) return [];
    return statement.members.flatMap((member) => (ts.isFunctionLike(member) ? [...member.parameters] : []));
  });
}

function typesIn(node: ts.Node): ts.Identifier[] {
  const names: ts.Identifier[] = [];
  const visit = (inner: ts.Node): void => {
    if (ts.isTypeReferenceNode(inner) && ts.isIdentifier(inner.typeName)) names.push(inner.typeName);
    const isBase = ts.isExpressionWithTypeArguments(inner) && ts.isIdentifier(inner.expression);
    if (isBase) names.push(inner.expression);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return names;
}

/** In the name's own file, or in the one that it is imported from. */
function declarationOf(name: ts.Identifier, files: SourceFiles): Named | undefined {
  const source = name.getSourceFile();
  const own = declarationsOf(source).find((each) => each.name.text === name.text);
  if (own) return own;
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    const specifiers = bindings && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
    const specifier = specifiers.find((each) => each.name.text === name.text);
    if (!specifier) continue;
    const path = normalize(join(dirname(source.fileName), statement.moduleSpecifier.text));
    const wanted = (specifier.propertyName ?? specifier.name).text;
    return declarationsOf(parsed(path.replace(/\.js$/, ".ts"), files)).find(
      (each) => each.name.text === wanted,
    );
  }
  return undefined;
}

function declarationsOf(source: ts.SourceFile): Named[] {
  return source.statements.filter(
    (statement): statement is Named =>
      ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement),
  );
}

function parsed(path: string, files: SourceFiles): ts.SourceFile {
  return ts.createSourceFile(path, files.get(path) ?? "", ts.ScriptTarget.ES2022, true);
}
