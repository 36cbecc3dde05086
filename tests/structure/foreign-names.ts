import ts from "typescript";
import type { Finding, SourceFiles } from "./source-files.js";

/**
 * The globals that code for a meter may use: what ECMAScript has on every engine, without a clock, chance, threads,
 * text that depends on a locale, or code made of text. All others, a host's among them, are foreign.
 */
const ownGlobals: ReadonlySet<string> = new Set([
  "undefined",
  "NaN",
  "Infinity",
  "Object",
  "Array",
  "String",
  "Number",
  "BigInt",
  "Map",
  "Set",
  "Promise",
  "ArrayBuffer",
  "DataView",
  "Uint8Array",
  "Uint16Array",
  "Uint32Array",
  "Int32Array",
  "Float64Array",
  "Error",
  "RangeError",
  "TypeError",
  "parseInt",
  "JSON",
]);

/**
 * `Math` may only be used as `Math.floor` and the like, so that no other name can stand for what it has, and so may these
 * others. Of `Math` there is what gives the same bits on every engine; of `Object`, what reaches no prototype and no name
 * by its text; of `JSON`, what makes no keys.
 */
const namespaces: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    "Math",
    new Set([
      "abs",
      "ceil",
      "floor",
      "round",
      "sign",
      "trunc",
      "min",
      "max",
      "imul",
      "clz32",
      "fround",
      "sqrt",
    ]),
  ],
  ["Object", new Set(["assign", "freeze", "is", "keys", "values"])],
  ["JSON", new Set(["stringify"])],
]);

/** Methods of texts, numbers and lists whose answer depends on a locale, or on the tables of Unicode that a host has. */
const localeMethods = /^(toLocale\w*|localeCompare|normalize)$/;

/** Methods that make a text of others. */
const joiners =
  /^(join|concat|fromCharCode|fromCodePoint|replace|replaceAll|slice|substring|repeat|padStart|padEnd|toString)$/;

/** What else some files may use. */
export interface Natives {
  /** Globals, such as those that a compiler adds for calls of C. */
  readonly globals: readonly string[];
  /** What may be used of `globalThis`. */
  readonly globalProperties: readonly string[];
  /** Modules of the engine. */
  readonly modules: readonly string[];
}

const noNatives: Natives = { globals: [], globalProperties: [], modules: [] };

/**
 * What the meter's files use of the place that they run in: globals that are not theirs, packages and modules of a
 * host, declarations of what only a host has, and ways to reach those by text. Names of properties and names that the
 * files declare themselves are their own, whatever they are called.
 */
export function foreignNamesIn(files: SourceFiles, natives: Natives = noNatives): Finding[] {
  const { program, sources } = programOf(files);
  const checker = program.getTypeChecker();
  return sources.flatMap((source) => {
    const findings: Finding[] = [];
    const visit = (node: ts.Node): void => {
      const rule = ruleBrokenBy(node, source, checker, natives);
      if (rule !== undefined) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        findings.push({ file: source.fileName, line: line + 1, rule });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return findings;
  });
}

/** Without libraries and without each other, so that whatever a file does not declare itself resolves to nothing. */
function programOf(files: SourceFiles): { program: ts.Program; sources: ts.SourceFile[] } {
  const options: ts.CompilerOptions = {
    noLib: true,
    noResolve: true,
    allowJs: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ES2022,
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
  const read = (path: string): string | undefined => files.get(path);
  const host: ts.CompilerHost = {
    getSourceFile: (path, version) => {
      const text = read(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version, true);
    },
    fileExists: (path) => files.has(path),
    readFile: read,
    writeFile: () => undefined,
    getCurrentDirectory: () => "",
    getCanonicalFileName: (path) => path,
    getDefaultLibFileName: () => "",
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const sources = program.getSourceFiles().filter(({ fileName }) => files.has(fileName));
  return { program, sources };
}

function ruleBrokenBy(
  node: ts.Node,
  source: ts.SourceFile,
  checker: ts.TypeChecker,
  natives: Natives,
): string | undefined {
  if (ts.isIdentifier(node)) return isGlobal(node, source, checker) ? globalRule(node, natives) : undefined;
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
    return "import.meta is the host's";
  if (isAmbient(node)) return "a global must not be declared: it would be the host's";
  if (isConstructorReached(node)) return "a constructor reached by its property can make code of text";
  if (isOfLocale(node)) return "text that depends on a locale is the host's";
  if (isNamePieced(node)) return "a property's name is not to be pieced together";
  return foreignModule(node, natives);
}

function globalRule(node: ts.Identifier, natives: Natives): string | undefined {
  const { text, parent } = node;
  if (text === "globalThis" && natives.globalProperties.length > 0) {
    const isNamed = ts.isPropertyAccessExpression(parent) && parent.expression === node;
    if (isNamed && natives.globalProperties.includes(parent.name.text)) return undefined;
    return `globalThis is only to be used as globalThis.${natives.globalProperties.join(", ")}`;
  }
  const namespace = namespaces.get(text);
  if (namespace) {
    const isCalled = ts.isPropertyAccessExpression(parent) && parent.expression === node;
    if (!isCalled) return `${text} is only to be used as ${text}.<name>`;
    const name = parent.name.text;
    return namespace.has(name) ? undefined : `${text}.${name} is not the meter's to use`;
  }
  return ownGlobals.has(text) || natives.globals.includes(text)
    ? undefined
    : `the global ${text} is not the meter's to use`;
}

/** Whether `node` uses a value that its own file does not declare or import: a type of that name is no value. */
function isGlobal(node: ts.Identifier, source: ts.SourceFile, checker: ts.TypeChecker): boolean {
  if (!isUsedAsValue(node)) return false;
  const symbol = symbolOf(node, checker);
  const isOwn = symbol?.declarations?.some(
    (declaration) => declaration.getSourceFile() === source && !isTypeOnly(declaration),
  );
  // What a file passes on, and what it says of types, may be a type.
  return isOwn !== true && !(symbol?.declarations?.length && ts.isExportSpecifier(node.parent));
}

function isTypeOnly(declaration: ts.Declaration): boolean {
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) return true;
  if (ts.isImportSpecifier(declaration))
    return declaration.isTypeOnly || isOfTypes(declaration.parent.parent);
  return ts.isImportClause(declaration) && isOfTypes(declaration);
}

function isOfTypes({ phaseModifier }: ts.ImportClause): boolean {
  return phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function symbolOf(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (ts.isShorthandPropertyAssignment(node.parent))
    return checker.getShorthandAssignmentValueSymbol(node.parent);
  if (ts.isExportSpecifier(node.parent)) return checker.getExportSpecifierLocalTargetSymbol(node.parent);
  return checker.getSymbolAtLocation(node);
}

/** Names of types, properties, labels and declarations are no uses. */
function isUsedAsValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPartOfTypeNode(node)) return false;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isExportSpecifier(parent))
    return !parent.parent.parent.moduleSpecifier && node !== nameGiven(parent);
  if (ts.isImportSpecifier(parent) || ts.isBreakOrContinueStatement(parent) || ts.isLabeledStatement(parent))
    return false;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  if (ts.isMetaProperty(parent) || ts.isTypePredicateNode(parent) || ts.isQualifiedName(parent)) return false;
  return (parent as Partial<ts.NamedDeclaration>).name !== node;
}

/** In `export { a as b }`, `b`. */
function nameGiven(specifier: ts.ExportSpecifier): ts.ModuleExportName | undefined {
  return specifier.propertyName ? specifier.name : undefined;
}

function isAmbient(node: ts.Node): boolean {
  const isDeclared =
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true;
  if (!isDeclared || ts.isPropertyDeclaration(node) || ts.isTypeAliasDeclaration(node)) return false;
  return !ts.isVariableStatement(node) || !node.declarationList.declarations.every(isMark);
}

/** A `unique symbol` marks types: nothing of that name is ever there to be used. */
function isMark({ type }: ts.VariableDeclaration): boolean {
  return type !== undefined && ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.UniqueKeyword;
}

/** `(async () => {}).constructor("...")` is `Function` by another way. */
function isConstructorReached(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === "constructor";
  if (ts.isBindingElement(node)) return (node.propertyName ?? node.name).getText() === "constructor";
  return ts.isStringLiteralLike(node) && node.text === "constructor";
}

function isOfLocale(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return localeMethods.test(node.name.text);
  if (ts.isBindingElement(node)) return localeMethods.test((node.propertyName ?? node.name).getText());
  return ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)
    ? localeMethods.test(node.argumentExpression.text)
    : false;
}

/** `thing["Da" + "te"]` or `thing[["Da", "te"].join("")]`: nobody who means well writes so. */
function isNamePieced(node: ts.Node): boolean {
  const name = ts.isElementAccessExpression(node)
    ? node.argumentExpression
    : ts.isComputedPropertyName(node)
      ? node.expression
      : undefined;
  if (!name) return false;
  if (ts.isTemplateExpression(name)) return true;
  if (ts.isCallExpression(name) && ts.isPropertyAccessExpression(name.expression))
    return joiners.test(name.expression.name.text);
  return ts.isBinaryExpression(name) && [name.left, name.right].some(ts.isStringLiteralLike);
}

function foreignModule(node: ts.Node, natives: Natives): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return node.moduleSpecifier && foreignSpecifier(node.moduleSpecifier, natives);
  if (ts.isExternalModuleReference(node)) return foreignSpecifier(node.expression, natives);
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport ? foreignSpecifier(node.arguments[0], natives) : undefined;
}

function foreignSpecifier(specifier: ts.Expression | undefined, natives: Natives): string | undefined {
  if (!specifier || !ts.isStringLiteralLike(specifier)) return "an import names its module by no plain text";
  const isOwn = specifier.text.startsWith(".") || natives.modules.includes(specifier.text);
  return isOwn ? undefined : `the module ${specifier.text} is the host's`;
}
