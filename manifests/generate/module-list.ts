import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";

/** What every image begins with beside the composition root. */
const roots: readonly string[] = Object.freeze([
  "firmware/main.ts",
  "firmware/duties.ts",
  "firmware/products/products.ts",
]);

/** Each names its driver's class, beside the manifest that is made for it. */
const modemModule = /^modem-([\w-]+)\.ts$/;

/** Native code takes the place of it, under the same name, by a manifest of its own. */
const replacedByNatives: readonly string[] = Object.freeze(["hal/base/bytes.ts"]);

/** A manifest of modules alone: each is preloaded, so that it lies in flash. */
export interface ModuleManifest {
  readonly modules: Readonly<Record<string, string>>;
  readonly preload: readonly string[];
}

/**
 * The manifests that follow from the imports, by their paths: what the application reaches from its entries, and what each
 * modem's driver needs beyond that. Nothing else is in an image.
 * @param project the folder that holds package.json
 */
export function moduleManifests(project: string): ReadonlyMap<string, ModuleManifest> {
  const common = new Set<string>();
  for (const root of roots) reach(project, root, common);
  const manifests = new Map([["manifests/firmware.json", manifestOf([...common])]]);
  for (const name of readdirSync(join(project, "manifests"))) {
    const [, modem] = modemModule.exec(name) ?? [];
    if (modem === undefined) continue;
    const reached = new Set(common);
    reach(project, `manifests/${name}`, reached);
    const own = [...reached].filter((file) => !common.has(file) && file !== `manifests/${name}`);
    const { modules, preload } = manifestOf(own);
    manifests.set(`manifests/${modem}.json`, {
      modules: { "manifests/modem": `./modem-${modem}`, ...modules },
      preload: ["manifests/modem", ...preload],
    });
  }
  return manifests;
}

function manifestOf(files: readonly string[]): ModuleManifest {
  const names = files.map((file) => file.replace(/\.ts$/, "")).sort();
  return { modules: Object.fromEntries(names.map((name) => [name, `../${name}`])), preload: names };
}

/** Adds the file, and every module that it imports to run, to `reached`; those with types alone have nothing to run. */
function reach(project: string, file: string, reached: Set<string>): void {
  if (reached.has(file) || replacedByNatives.includes(file)) return;
  reached.add(file);
  for (const specifier of runtimeImports(join(project, file)))
    reach(project, posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts"), reached);
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
