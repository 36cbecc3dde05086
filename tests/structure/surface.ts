import ts from "typescript";

const printer = ts.createPrinter({ removeComments: true });

/**
 * What a file gives to others, a line each: every export, and of a class every member that is not private, without the
 * bodies. What it passes on from other files is told as it is written.
 */
export function surfaceOf(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return [line(statement)];
    if (!hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isClassDeclaration(statement)) return classSurface(statement);
    if (ts.isInterfaceDeclaration(statement))
      return [heading("interface", statement), ...statement.members.map(line).map(indented)];
    if (ts.isFunctionDeclaration(statement)) return [line(withoutBody(statement))];
    return [line(statement)];
  });
}

function classSurface(declaration: ts.ClassDeclaration): string[] {
  const members = declaration.members.filter((member) => !isPrivate(member)).map(memberLine);
  return [heading("class", declaration), ...members.map(indented)];
}

function isPrivate(member: ts.ClassElement): boolean {
  if (member.name && ts.isPrivateIdentifier(member.name)) return true;
  return hasModifier(member, ts.SyntaxKind.PrivateKeyword);
}

function memberLine(member: ts.ClassElement): string {
  return line(ts.isPropertyDeclaration(member) ? withoutValue(member) : withoutBody(member));
}

function heading(
  word: string,
  { name, heritageClauses }: ts.ClassDeclaration | ts.InterfaceDeclaration,
): string {
  return [word, name?.text ?? "", ...(heritageClauses ?? []).map((clause) => clause.getText())].join(" ");
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((each) => each.kind === kind) === true;
}

/** Up to the body, as it is written. */
function withoutBody(node: ts.Node): ts.Node | string {
  const { body } = node as Partial<ts.FunctionLikeDeclaration>;
  if (!body) return node;
  const text = node.getText();
  return text.slice(0, body.getStart() - node.getStart());
}

function withoutValue(property: ts.PropertyDeclaration): string {
  const { initializer } = property;
  const text = property.getText();
  return initializer
    ? text.slice(0, initializer.getStart() - property.getStart()).replace(/=\s*$/, "")
    : text;
}

function line(node: ts.Node | string): string {
  const text =
    typeof node === "string" ? node : printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile());
  return text
    .replace(/^export /, "")
    .replace(/\s+/g, " ")
    .replace(/[;,\s]+$/, "");
}

function indented(text: string): string {
  return `  ${text}`;
}
