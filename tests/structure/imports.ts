import { basename, dirname, join, normalize } from "node:path";
import ts from "typescript";
import type { SourceFiles } from "./source-files.js";

/** One file's use of another, by an import in TypeScript or JavaScript or an include in C. */
export interface Import {
  readonly from: string;
  readonly line: number;
  /** The path of the file; the specifier as it stands where it is a package's or names no file. */
  readonly to: string;
  readonly kind: "file" | "package" | "missing";
  readonly isTypeOnly: boolean;
}

/** Every import of `files`, in their order. Includes of headers that are not theirs are left out. */
export function importsIn(files: SourceFiles): Import[] {
  const headers = headersByName(files);
  return [...files].flatMap(([path, text]) =>
    /\.[ch]$/.test(path) ? includesOf(path, text, headers) : importsOf(path, text, files),
  );
}

function importsOf(from: string, text: string, files: SourceFiles): Import[] {
  const source = ts.createSourceFile(from, text, ts.ScriptTarget.ES2022, true);
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const named = moduleNamedBy(node);
    if (named) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      imports.push({
        from,
        line,
        isTypeOnly: named.isTypeOnly,
        ...resolveImport(from, named.specifier, files),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

/** The module that a piece of syntax takes something from. */
function moduleNamedBy(
  node: ts.Node,
): { readonly specifier: string; readonly isTypeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node))
    return literal(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
  if (ts.isExportDeclaration(node)) return literal(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal, true) : undefined;
  if (ts.isExternalModuleReference(node)) return literal(node.expression, false);
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === "require";
  return isImport || isRequire ? literal(node.arguments[0], false) : undefined;
}

function literal(specifier: ts.Node | undefined, isTypeOnly: boolean) {
  return specifier && ts.isStringLiteralLike(specifier)
    ? { specifier: specifier.text, isTypeOnly }
    : undefined;
}

/** The file that a specifier names, of `files`. */
export function resolveImport(
  from: string,
  specifier: string,
  files: SourceFiles,
): Pick<Import, "to" | "kind"> {
  if (!/^[.#]/.test(specifier)) return { to: specifier, kind: "package" };
  // package.json's "imports": `#bin/sdk.js` is the project's own bin/sdk.js.
  const path = specifier.startsWith("#") ? specifier.slice(1) : normalize(join(dirname(from), specifier));
  const found = [path.replace(/\.js$/, ".ts"), path.replace(/\.js$/, ".d.ts"), path].find((candidate) =>
    files.has(candidate),
  );
  return found === undefined ? { to: path, kind: "missing" } : { to: found, kind: "file" };
}

/** What stands here for the headers of ESP-IDF and the Moddable SDK, which are nobody's of ours. */
const standIns = "sim/engines/chip/double/include/";

function headersByName(files: SourceFiles): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const path of files.keys())
    if (path.endsWith(".h") && !path.startsWith(standIns))
      headers.set(basename(path), [...(headers.get(basename(path)) ?? []), path]);
  return headers;
}

/**
 * A C compiler looks beside the file first and then in the folders that it is given. A header that several folders
 * have is chosen by the program it is compiled for: none of them is the one.
 */
function includesOf(from: string, text: string, headers: ReadonlyMap<string, readonly string[]>): Import[] {
  return text.split("\n").flatMap((line, index) => {
    const [, name] = /^\s*#\s*include\s+"([^"]+)"/.exec(line) ?? [];
    const candidates = name === undefined ? [] : (headers.get(basename(name)) ?? []);
    const beside = candidates.find((path) => dirname(path) === dirname(from));
    const to = beside ?? (candidates.length === 1 ? candidates[0] : undefined);
    return to === undefined ? [] : [{ from, line: index + 1, to, kind: "file", isTypeOnly: false }];
  });
}
