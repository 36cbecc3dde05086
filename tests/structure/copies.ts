import ts from "typescript";
import type { SourceFiles } from "./source-files.js";

/** So many tokens alike in a row are no chance: some six lines of code. */
const leastTokens = 40;

/** `a.ts:12 is b.ts:3` for each stretch of `copies` that stands in `originals` too, whatever its names are. */
export function copiesIn(copies: SourceFiles, originals: SourceFiles): string[] {
  const places = new Map<string, string>();
  for (const [path, text] of originals)
    for (const { key, line } of windowsOf(text)) places.set(key, `${path}:${line}`);
  return [...copies].flatMap(([path, text]) => {
    let isInside = false;
    return windowsOf(text).flatMap(({ key, line }) => {
      const original = places.get(key);
      const wasInside = isInside;
      isInside = original !== undefined;
      return original === undefined || wasInside ? [] : [`${path}:${line} is ${original}`];
    });
  });
}

function isComment({ kind }: ts.Node): boolean {
  return kind >= ts.SyntaxKind.FirstJSDocNode && kind <= ts.SyntaxKind.LastJSDocNode;
}

/** Every run of so many tokens, without comments, with one word for all names and the lines of imports left out. */
function windowsOf(text: string): { readonly key: string; readonly line: number }[] {
  const source = ts.createSourceFile("a.ts", text, ts.ScriptTarget.ES2022, true);
  const tokens: { readonly word: string; readonly line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || isComment(node)) return;
    if (node.getChildCount(source) > 0) node.getChildren(source).forEach(visit);
    else if (node.getWidth(source) > 0)
      tokens.push({
        word: ts.isIdentifier(node) || ts.isPrivateIdentifier(node) ? "name" : node.getText(source),
        line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
      });
  };
  visit(source);
  return tokens.slice(leastTokens - 1).map((_, index) => ({
    key: tokens
      .slice(index, index + leastTokens)
      .map(({ word }) => word)
      .join(" "),
    line: tokens[index]?.line ?? 0,
  }));
}
