import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Each folder with what it may import from the project beside itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  hal: [],
  drivers: ["hal"],
  firmware: ["hal", "drivers"],
  manifests: ["hal", "drivers", "firmware"],
  sim: ["hal", "drivers", "firmware", "manifests"],
  jig: ["firmware", "sim"],
  command: ["hal", "firmware", "manifests", "sim", "jig"],
};

/** What the jig may import beside itself: what the meter says on its service port, and the simulator for simulated units. */
const jigMayImport = [
  { from: /^jig\//, to: /^firmware\/contracts\// },
  { from: /^jig\/simulated\//, to: /^sim\// },
];

/** Only types of these may cross from the HAL: interfaces have nothing to run. */
const typesOnlyFrom = "hal";
/** The exception: what is pure and has something to run. */
const groundFloor = "hal/base/";

const banned = [
  /\bDate\.now\b/,
  /\bnew Date\b/,
  /\bMath\.random\b/,
  /\bset(Timeout|Interval|Immediate)\b/,
  /\bconsole\b/,
  /\bprocess\b/,
  /\bBuffer\b/,
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

const files = Object.keys(mayImport).flatMap(filesIn);

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), "utf8"),
    ts.ScriptTarget.ES2022,
    true,
  );
  const imports: Import[] = [];
  const add = (specifier: ts.Expression | undefined, isTypeOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const isRelative = specifier.text.startsWith(".");
    const target = isRelative
      ? relative(root, normalize(join(root, dirname(file), specifier.text))).replace(/\.js$/, ".ts")
      : specifier.text;
    imports.push({ from: file, to: target, isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

const imports = files.flatMap(importsOf);
const isInProject = (target: string): boolean => Object.keys(mayImport).includes(target.split("/")[0] ?? "");

/** The first circle that the imports make, types among them, as the files along it. */
function findCircle(): string[] | undefined {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports)
    if (isInProject(to)) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    const start = path.indexOf(file);
    if (start >= 0) return [...path.slice(start), file];
    if (done.has(file)) return undefined;
    for (const target of targets.get(file) ?? []) {
      const circle = visit(target, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}

describe("the layers", () => {
  it.each(Object.keys(mayImport))("%s imports only what the design lets it", (folder) => {
    const allowed = [folder, ...(mayImport[folder] ?? [])];
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith(`${folder}/`) && isInProject(to) && !allowed.includes(to.split("/")[0] ?? ""),
    );
    expect(wrong).toEqual([]);
  });

  it("import only types from the HAL's top level, but for the ground floor", () => {
    const wrong = imports.filter(
      ({ from, to, isTypeOnly }) =>
        /^(firmware|drivers)\//.test(from) &&
        to.startsWith(`${typesOnlyFrom}/`) &&
        !to.startsWith(groundFloor) &&
        !isTypeOnly,
    );
    expect(wrong).toEqual([]);
  });

  it("let the jig know no more of the meter than its service port", () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        /^jig\//.test(from) &&
        /^(firmware|sim)\//.test(to) &&
        !jigMayImport.some((rule) => rule.from.test(from) && rule.to.test(to)),
    );
    expect(wrong).toEqual([]);
  });

  it("leave the native modules to the composition root", () => {
    const wrong = imports.filter(
      ({ from, to }) => !/^(hal|manifests)\//.test(from) && to.startsWith("hal/esp32/"),
    );
    expect(wrong).toEqual([]);
  });

  it("import each other in no circle, not even for types", () => {
    expect(findCircle()).toBeUndefined();
  });

  it("resolve every import to a file of the project", () => {
    // A native module has its types beside it; a board or a product takes the place of its declaration.
    const isThere = (to: string): boolean =>
      files.includes(to) || files.includes(to.replace(/\.ts$/, ".d.ts"));
    const missing = imports.filter(({ to }) => isInProject(to) && !isThere(to));
    expect(missing).toEqual([]);
  });
});

describe("firmware and drivers", () => {
  const meterFiles = files.filter((file) => /^(firmware|drivers|hal)\//.test(file));

  it("import no package and no module of a host", () => {
    const wrong = imports.filter(({ from, to }) => meterFiles.includes(from) && !isInProject(to));
    expect(wrong).toEqual([]);
  });

  it.each(banned.map((pattern) => [pattern.source, pattern] as const))("never use %s", (_name, pattern) => {
    const users = meterFiles.filter((file) => pattern.test(codeOf(file)));
    expect(users).toEqual([]);
  });
});

/** The source without comments and strings, in which banned words are only words. */
function codeOf(file: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard);
  scanner.setText(readFileSync(join(root, file), "utf8"));
  let code = "";
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const isText =
      token === ts.SyntaxKind.StringLiteral || token === ts.SyntaxKind.NoSubstitutionTemplateLiteral;
    const text = scanner.getTokenText();
    const isDot = text === "." || code.endsWith(".");
    code += isText ? '""' : isDot ? text : ` ${text}`;
  }
  return code;
}
