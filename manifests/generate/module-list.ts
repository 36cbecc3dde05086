import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";

/** What an image begins with, and what a product's or board's manifest adds to it beside the composition root. */
const roots: readonly string[] = Object.freeze(["firmware/main.ts", "firmware/products/products.ts"]);

/** Native code takes the place of it, under the same name, by a manifest of its own. */
const replacedByNatives: readonly string[] = Object.freeze(["hal/base/bytes.ts"]);

/** `manifests/firmware.json`: each module that the application reaches from its entry, and no other. */
export interface ModuleManifest {
  readonly modules: Readonly<Record<string, string>>;
  readonly preload: readonly string[];
}

/** @param project the folder that holds package.json */
export function moduleManifest(project: string): ModuleManifest {
  const names = reachedFiles(project).map((file) => file.replace(/\.ts$/, ""));
  return {
    modules: Object.fromEntries(names.map((name) => [name, `../${name}`])),
    preload: names,
  };
}

/** Every module that is imported to run, by its path; those with types alone have nothing to run. */
function reachedFiles(project: string): string[] {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file) || replacedByNatives.includes(file)) return;
    reached.add(file);
    for (const specifier of runtimeImports(join(project, file)))
      visit(posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts"));
  };
  roots.forEach(visit);
  return [...reached].sort();
}

/** What a module imports to run, types left out. */
export function runtimeImports(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
  return file.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) {
      if (statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
      return [(statement.moduleSpecifier as ts.StringLiteral).text];
    }
    if (!ts.isExportDeclaration(statement) || statement.isTypeOnly || !statement.moduleSpecifier) return [];
    return [(statement.moduleSpecifier as ts.StringLiteral).text];
  });
}
