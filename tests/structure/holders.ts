import ts from "typescript";
import type { Finding, SourceFiles } from "./source-files.js";

/** A name by which something dangerous is reached, and who may use it. */
export interface HeldName {
  /**
   * Of a property or an import, or a text that says the same: `.name`, `{ name }`, `"name"`; `owner.name` for those of
   * one owner alone, `text.name` for a text; `new Name` for a class where it is more than a type.
   */
  readonly name: string;
  readonly why: string;
  /** Files, or folders with all below them. */
  readonly holders: readonly string[];
}

/** Uses of held names by files that are none of their holders. */
export function strangersIn(files: SourceFiles, held: readonly HeldName[]): Finding[] {
  const byName = new Map(held.map((entry) => [entry.name, entry]));
  return [...files].flatMap(([path, text]) => {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    const imported = importedNames(source);
    const findings: Finding[] = [];
    const visit = (node: ts.Node): void => {
      const used = nameUsed(node, imported);
      const entry = used && (byName.get(used.name) ?? byName.get(`${used.owner}.${used.name}`));
      if (entry && !entry.holders.some((holder) => path === holder || path.startsWith(`${holder}/`))) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        findings.push({ file: path, line: line + 1, rule: `${entry.name}: ${entry.why}` });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return findings;
  });
}

/** Imports that name nothing of what they take: held names could come with them. */
export function namelessImports(files: SourceFiles): Finding[] {
  return [...files].flatMap(([path, text]) => {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    const findings: Finding[] = [];
    const visit = (node: ts.Node): void => {
      const isNameless = ts.isNamespaceImport(node) || node.kind === ts.SyntaxKind.ImportKeyword;
      if (isNameless && !ts.isImportDeclaration(node.parent)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        findings.push({ file: path, line: line + 1, rule: "an import names what it takes" });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return findings;
  });
}

/** Names nobody uses any more: a list that nothing holds against. */
export function unusedNames(files: SourceFiles, held: readonly HeldName[]): string[] {
  const nobody = held.map((entry) => ({ ...entry, holders: [] }));
  const used = new Set(strangersIn(files, nobody).map(({ rule }) => rule.split(":")[0]));
  return held.filter(({ name }) => !used.has(name)).map(({ name }) => name);
}

interface Use {
  readonly name: string;
  readonly owner: string;
}

/** By `a.name`, `a["name"]`, `const { name } = a`, `import { name }`, `"name"`, `new Name`. */
function nameUsed(node: ts.Node, imported: ReadonlyMap<string, string>): Use | undefined {
  if (ts.isPropertyAccessExpression(node)) return { name: node.name.text, owner: node.expression.getText() };
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return { name: node.argumentExpression.text, owner: node.expression.getText() };
  if (ts.isStringLiteralLike(node) && isOfItself(node)) return { name: node.text, owner: "text" };
  if (ts.isImportSpecifier(node)) return { name: (node.propertyName ?? node.name).text, owner: "" };
  if (ts.isIdentifier(node)) {
    const name = imported.get(node.text);
    return name !== undefined && isValue(node) ? { name: `new ${name}`, owner: "" } : undefined;
  }
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return undefined;
  const declaration = node.parent.parent;
  const owner = ts.isVariableDeclaration(declaration) ? (declaration.initializer?.getText() ?? "") : "";
  return { name: (node.propertyName ?? node.name).getText(), owner };
}

/** A text that could become a property's name; in a type it is none. */
function isOfItself({ parent }: ts.Node): boolean {
  return !ts.isLiteralTypeNode(parent) && !ts.isElementAccessExpression(parent);
}

/** Classes are made, extended, or given another name where they are values. */
function isValue(node: ts.Identifier): boolean {
  if (ts.isPartOfTypeNode(node) || ts.isImportSpecifier(node.parent)) return false;
  return (node.parent as Partial<ts.NamedDeclaration>).name !== node;
}

/** What a file calls the names that it imports. */
function importedNames(source: ts.SourceFile): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of source.statements) {
    const bindings = ts.isImportDeclaration(statement) && statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements) names.set(name.text, (propertyName ?? name).text);
  }
  return names;
}
