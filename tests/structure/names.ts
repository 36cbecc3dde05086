import ts from "typescript";
import type { SourceFiles } from "./source-files.js";

/** Places that may each have the same name once, and why. */
export interface SharedNames {
  readonly reason: string;
  /** Folders or files; a `*` stands for part of a name, and each that fits is an owner of its own. */
  readonly owners: readonly string[];
}

/** Exported names that several files declare, as `name: file, file`, but for those that `shared` lets them. */
export function namesWithSeveralOwners(files: SourceFiles, shared: readonly SharedNames[]): string[] {
  const owners = new Map<string, Set<string>>();
  for (const [path, text] of files)
    for (const name of exportedNames(path, text))
      owners.set(name, (owners.get(name) ?? new Set()).add(moduleOf(path, files)));
  return [...owners]
    .filter(([, paths]) => paths.size > 1 && !shared.some((entry) => isShared([...paths], entry)))
    .map(([name, paths]) => `${name}: ${[...paths].sort().join(", ")}`)
    .sort();
}

/** The names that a file declares and exports: classes, functions, types, constants. */
function exportedNames(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const imported = new Set(source.statements.filter(ts.isImportDeclaration).flatMap(namesImported));
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement))
      return namesExported(statement).filter((name) => !imported.has(name));
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    if (!isExported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    const { name } = statement as Partial<ts.NamedDeclaration>;
    return name && ts.isIdentifier(name) ? [name.text] : [];
  });
}

/** What `export { a }` gives of the file's own names; behind `from` stands another's. */
function namesExported({ exportClause, moduleSpecifier }: ts.ExportDeclaration): string[] {
  if (moduleSpecifier || !exportClause || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.map(({ name }) => name.text);
}

function namesImported({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
}

/** JavaScript and the types beside it are one. */
function moduleOf(path: string, files: SourceFiles): string {
  const script = path.replace(/\.d\.ts$/, ".js");
  return files.has(script) ? script : path;
}

function isShared(paths: readonly string[], { owners }: SharedNames): boolean {
  const patterns = owners.map((owner) => new RegExp(`^${ownerPattern(owner)}(?=/|$)`));
  const ownerOf = (path: string): string | undefined =>
    patterns.flatMap((pattern) => pattern.exec(path)?.[0] ?? [])[0];
  const found = paths.map(ownerOf);
  return found.every((owner) => owner !== undefined) && new Set(found).size === found.length;
}

function ownerPattern(owner: string): string {
  return owner.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]+");
}
