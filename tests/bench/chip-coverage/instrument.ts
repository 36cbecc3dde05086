import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import type { LineCounts } from "./c-lines.js";

/** A statement of a binding in `hal/esp32`, by the number that its copy tells when it runs. */
interface Statement {
  readonly file: string;
  readonly line: number;
}

/**
 * Writes copies of the bindings to a folder of modules, in which each statement first tells its number.
 * @returns the statements in the order of their numbers.
 */
export function instrumentBindings(folder: string): Statement[] {
  const statements: Statement[] = [];
  const root = join("hal", "esp32");
  const names = readdirSync(join(projectFolder(), root), { recursive: true, encoding: "utf8" });
  for (const name of names.filter((each) => each.endsWith(".js")).sort()) {
    const file = join(root, name);
    const text = readFileSync(join(projectFolder(), file), "utf8");
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, instrumented(file, text, statements));
  }
  return statements;
}

/** Statements in the bodies of functions; what stands at a module's top runs while it loads. */
function instrumented(file: string, text: string, statements: Statement[]): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const places: { readonly at: number; readonly number: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node))
      for (const statement of node.statements) {
        const at = statement.getStart(source);
        places.push({ at, number: statements.length });
        statements.push({ file, line: source.getLineAndCharacterOfPosition(at).line + 1 });
      }
    ts.forEachChild(node, visit);
  };
  visit(source);
  let result = "";
  let end = 0;
  for (const { at, number } of places.sort((one, other) => one.at - other.at)) {
    result += `${text.slice(end, at)}hostCovered(${number}); `;
    end = at;
  }
  return result + text.slice(end);
}

/** How often each statement's line ran, of what the copies have told. */
export function countStatements(statements: readonly Statement[], told: string): LineCounts {
  const counts: LineCounts = new Map();
  const hasRun = new Set(told.split("\n").map(Number));
  statements.forEach(({ file, line }, number) => {
    const ofFile = counts.get(file) ?? new Map<number, number>();
    ofFile.set(line, (ofFile.get(line) ?? 0) + (hasRun.has(number) ? 1 : 0));
    counts.set(file, ofFile);
  });
  return counts;
}
