import ts from "typescript";
import type { Finding, SourceFiles } from "./source-files.js";

/**
 * What may be called while a module is loaded: it makes a constant of constants. Whatever else is called there could keep
 * something in a closure.
 */
const makers: ReadonlySet<string> = new Set([
  "Object.freeze",
  "Object.keys",
  "choice",
  "command",
  "define",
  "defineProduct",
  "hexadecimal",
  "integer",
  "namedSetting",
  "namesById",
  "plainSetting",
  "room",
  "settingsOfGroup",
  "text",
]);

/** Methods that make a new list of a list. */
const listMakers = /\.(concat|map)$/;

/** Calls that change what another module has made. */
const changers: ReadonlySet<string> = new Set([
  "Object.assign",
  "Object.defineProperties",
  "Object.defineProperty",
  "Object.setPrototypeOf",
]);

/**
 * Where modules could keep something from call to call. They lie in flash, preloaded: what changes in one costs RAM, and
 * two meters of one process would share it.
 */
export function moduleStateIn(files: SourceFiles): Finding[] {
  return [...files].flatMap(([path, text]) => {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    const findings: Finding[] = [];
    const find = (node: ts.Node, rule: string): void => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      findings.push({ file: path, line: line + 1, rule });
    };
    source.statements.forEach((statement) => {
      checkStatement(statement, find);
    });
    checkChanges(source, find);
    return findings;
  });
}

type Find = (node: ts.Node, rule: string) => void;

function checkStatement(statement: ts.Statement, find: Find): void {
  if (ts.isVariableStatement(statement)) checkVariables(statement, find);
  else if (ts.isClassDeclaration(statement)) checkClass(statement, find);
  else if (!isDeclaration(statement))
    find(statement, "a module declares, and does nothing while it is loaded");
}

function isDeclaration(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement)
  );
}

function checkVariables({ declarationList }: ts.VariableStatement, find: Find): void {
  if ((declarationList.flags & ts.NodeFlags.Const) === 0)
    find(declarationList, "a module has constants only");
  declarationList.declarations.forEach(({ initializer }) => {
    if (initializer) checkConstant(initializer, find);
  });
}

function checkClass(declaration: ts.ClassDeclaration, find: Find): void {
  declaration.members.forEach((member) => {
    if (ts.isClassStaticBlockDeclaration(member)) find(member, "a class does nothing while it is loaded");
    const isStatic =
      ts.isPropertyDeclaration(member) &&
      ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
    if (isStatic) find(member, "a static property is a module's state: make it a constant of the module");
  });
}

/** A number, a text, or something frozen; in it functions, and calls of makers. */
function checkConstant(initializer: ts.Expression, find: Find): void {
  const value = bare(initializer);
  const isLoose = ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value);
  // Spread into one object that is then frozen under another name.
  const isSpread = ts.isObjectLiteralExpression(value) && value.properties.every(ts.isSpreadAssignment);
  if (isLoose && !isSpread) find(value, "a constant of a module is frozen");
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isNewExpression(node)) find(node, "a module makes no object that can change");
    if (isLooseList(node)) find(node, "a list that is made while a module is loaded is frozen");
    if (ts.isCallExpression(node) && !isMaker(node.expression.getText()))
      find(node, `${node.expression.getText()} may keep something: it is none of the makers of constants`);
    ts.forEachChild(node, visit);
  };
  visit(value);
}

/** A list that `.map`, `.concat` or `Object.keys` has made, and that goes into nothing that freezes or copies it. */
function isLooseList(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const maker = node.expression.getText();
  if (!listMakers.test(maker) && maker !== "Object.keys") return false;
  const { parent } = node;
  if (ts.isSpreadElement(parent) || ts.isPropertyAccessExpression(parent)) return false;
  if (ts.isCallExpression(parent) && parent.expression.getText() === "Object.freeze") return false;
  // Other makers freeze all that they are given.
  for (let outer: ts.Node = parent; !ts.isVariableStatement(outer); outer = outer.parent) {
    const name = ts.isCallExpression(outer) ? outer.expression.getText() : "";
    if (name !== "Object.freeze" && makers.has(name)) return false;
  }
  return true;
}

function isMaker(name: string): boolean {
  return makers.has(name) || listMakers.test(name);
}

function bare(expression: ts.Expression): ts.Expression {
  const isWrapped =
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isParenthesizedExpression(expression);
  return isWrapped ? bare(expression.expression) : expression;
}

/** Changes of prototypes, classes and functions, wherever they stand: state that every instance shares. */
function checkChanges(source: ts.SourceFile, find: Find): void {
  const own = new Set(source.statements.flatMap(namesDeclared));
  const loaded = new Set([...own, ...source.statements.flatMap(namesImported)]);
  const isOneOf = (names: ReadonlySet<string>, node: ts.Expression): boolean => {
    const value = bare(node);
    return ts.isIdentifier(value) && names.has(value.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && /^(prototype|__proto__)$/.test(node.name.text))
      find(node, "a prototype is nobody's to change");
    if (ts.isCallExpression(node) && changers.has(node.expression.getText()) && !isOfOwnObject(node))
      find(node, `${node.expression.getText()} changes what others have`);
    if (isMember(node) && isAssigned(node) && isOneOf(loaded, node.expression))
      find(node, "a function or class of a module keeps nothing");
    if (ts.isVariableDeclaration(node) && node.initializer && isOneOf(own, node.initializer))
      find(node, "a function or class of a module has one name: under another it could be changed");
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** Of functions and classes. */
function namesDeclared(statement: ts.Statement): string[] {
  const isOne = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isOne && statement.name ? [statement.name.text] : [];
}

function namesImported(statement: ts.Statement): string[] {
  const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
}

function isMember(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** On the left of `=`, `+=` and the like, or with `++`. */
function isAssigned(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPostfixUnaryExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator !== ts.SyntaxKind.ExclamationToken;
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  const { kind } = parent.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** `Object.assign(values, …)` where `values` is a variable of the same function. */
function isOfOwnObject({ expression, arguments: [target], parent }: ts.CallExpression): boolean {
  if (expression.getText() !== "Object.assign" || !target || !ts.isIdentifier(target)) return false;
  let scope: ts.Node = parent;
  while (!ts.isSourceFile(scope)) {
    const isDeclared =
      ts.isBlock(scope) &&
      scope.statements.some(
        (statement) =>
          ts.isVariableStatement(statement) &&
          statement.declarationList.declarations.some(({ name }) => name.getText() === target.text),
      );
    if (isDeclared) return true;
    scope = scope.parent;
  }
  return false;
}
