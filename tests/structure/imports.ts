import { basename, dirname, join, normalize } from "node:path";
import ts from "typescript";
import type { SourceFiles } from "./source-files.js";

/** One file's use of another, by an import in TypeScript or JavaScript or an include in C. */
export interface Import {
  readonly from: string;
  readonly line: number;
  /** The path of the file; the specifier as it stands where it is a package's, names no file, or is no plain text. */
  readonly to: string;
  readonly kind: "file" | "package" | "missing" | "computed";
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
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (!named && ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      imports.push({ from, line, to: node.getText(), kind: "computed", isTypeOnly: false });
    if (named) {
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
  // An absolute path is none of the project's, wherever it leads.
  if (/^(\/|file:)/.test(specifier)) return { to: specifier, kind: "missing" };
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
 * have is chosen by the program it is compiled for: none of them is the one, but for a file that stands elsewhere.
 */
function includesOf(from: string, text: string, headers: ReadonlyMap<string, readonly string[]>): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
  return code.split("\n").flatMap((line, index): Import[] => {
    const [, given] = /^\s*(?:#|%:|\?\?=)\s*(?:include|include_next|import|embed)\b\s*(.*)$/.exec(line) ?? [];
    if (given === undefined) return [];
    const place = { from, line: index + 1, isTypeOnly: false };
    const [, name] = /^["<]([^">]+)[">]/.exec(given) ?? [];
    if (name === undefined) return [{ ...place, to: given, kind: "computed" }];
    return headersNamed(name, from, headers).map((to) => ({ ...place, to, kind: "file" }));
  });
}

function headersNamed(
  name: string,
  from: string,
  headers: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const candidates = headers.get(basename(name)) ?? [];
  const meant = [normalize(join(dirname(from), name)), join(dirname(from), basename(name))];
  const exact = meant.find((path) => candidates.includes(path));
  if (exact !== undefined) return [exact];
  const isNear = candidates.some((path) => placeOf(path) === placeOf(from));
  return candidates.length === 1 || !isNear ? candidates : [];
}

/** `sim/engines` of `sim/engines/program/machine.h`. */
function placeOf(path: string): string {
  return path.split("/").slice(0, 2).join("/");
}
