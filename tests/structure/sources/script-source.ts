import { readFileSync } from "node:fs";
import ts from "typescript";

/** A constant's value, as far as it is written out. */
export type Written = number | string | readonly Written[] | { readonly [name: string]: Written };

/** JavaScript or TypeScript whose constants a test reads where it can't import them. */
export class ScriptSource {
  readonly text: string;
  #file: ts.SourceFile;

  /** @param path from the project's folder */
  constructor(path: string) {
    this.text = readFileSync(path, "utf8");
    this.#file = ts.createSourceFile(path, this.text, ts.ScriptTarget.ES2022, true);
  }

  /** @throws {Error} for a constant that is unknown or not written out. */
  constant(name: string): Written {
    let found: ts.Expression | undefined;
    const visit = (node: ts.Node): void => {
      const isNamed = ts.isVariableDeclaration(node) || ts.isBindingElement(node);
      if (isNamed && ts.isIdentifier(node.name) && node.name.text === name) found ??= node.initializer;
      ts.forEachChild(node, visit);
    };
    visit(this.#file);
    if (!found) throw new Error(`${this.#file.fileName} has no constant ${name}`);
    return written(found);
  }

  /** Each number that an expression gives a name, such as `slots: number(0)` for `number(#)`. */
  numbers(pattern: string): ReadonlyMap<string, number> {
    const escaped = pattern.replace(/[()&]/g, "\\$&").replace("#", "(\\d+)");
    const found = this.text.matchAll(new RegExp(`(\\w+): ${escaped}`, "g"));
    return new Map(Array.from(found, ([, name = "", number]) => [name, Number(number)]));
  }
}

function written(node: ts.Expression): Written {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isAsExpression(node)) return written(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(written);
  if (ts.isObjectLiteralExpression(node))
    return Object.fromEntries(
      node.properties.map((each) => {
        if (!ts.isPropertyAssignment(each)) throw new Error(`${each.getText()} is not written out`);
        return [each.name.getText(), written(each.initializer)];
      }),
    );
  if (ts.isCallExpression(node) && node.expression.getText() === "Object.freeze" && node.arguments[0])
    return written(node.arguments[0]);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskToken)
    return Number(written(node.left)) * Number(written(node.right));
  throw new Error(`${node.getText()} is not written out`);
}
