import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { chips } from "../../hal/esp32/chips.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../hal/esp32");

/** Folders of C alone, which the modules share. */
const shared = ["event", "low-power"];

/** Modules that take the place of one of the HAL's own, and its name. */
const replacements: Readonly<Record<string, string>> = { bytes: "hal/base/bytes" };

const modules = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !shared.includes(entry.name))
  .map((entry) => entry.name);

function read(...path: string[]): string {
  return readFileSync(join(folder, ...path), "utf8");
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}

/** The calls of `native` and `Native` in a binding, each with whether it stands where nothing runs at preload. */
function bindingsIn(file: string): { name: string; isDeferred: boolean }[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true);
  const found: { name: string; isDeferred: boolean }[] = [];
  const visit = (node: ts.Node, isInFunction: boolean): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      /^[nN]ative$/.test(node.expression.text)
    ) {
      const [argument] = node.arguments;
      const isHeritage = node.expression.text === "Native" && ts.isExpressionWithTypeArguments(node.parent);
      const name = argument && ts.isStringLiteral(argument) ? argument.text : "";
      found.push({ name, isDeferred: isHeritage || isInFunction });
    }
    const isFunction =
      ts.isMethodDeclaration(node) || ts.isAccessor(node) || ts.isConstructorDeclaration(node);
    ts.forEachChild(node, (child) => {
      visit(child, isInFunction || isFunction);
    });
  };
  visit(source, false);
  return found;
}

describe("the native modules", () => {
  it("are the ones that the HAL needs", () => {
    expect(sorted(modules)).toEqual([
      "analog",
      "boot",
      "bytes",
      "clock",
      "crypto",
      "digital",
      "failure",
      "flash",
      "fuses",
      "power",
      "pulse-input",
      "serial",
      "watchdog",
    ]);
  });

  describe.each(modules)("%s", (name) => {
    const bindings = bindingsIn(`${name}/${name}.js`);

    it("has its C, its binding, its types and its manifest", () => {
      const files = [`${name}.c`, `${name}.js`, `${name}.d.ts`, "manifest.json"];
      expect(files.filter((file) => !existsSync(join(folder, name, file)))).toEqual([]);
    });

    it("binds every C function it defines, and defines every one it binds", () => {
      const defined = withoutComments(read(name, `${name}.c`)).matchAll(
        /^void (xs_\w+)\((?:xsMachine|void) \*/gm,
      );
      const expected = sorted(Array.from(defined, ([, functionName = ""]) => functionName));
      expect(expected.length).toBeGreaterThan(0);
      expect(sorted(bindings.map((binding) => binding.name))).toEqual(expected);
    });

    it("calls no native function while it is preloaded", () => {
      expect(bindings.filter(({ isDeferred }) => !isDeferred)).toEqual([]);
    });

    it("exports exactly what its types declare", () => {
      const exportsIn = (text: string): string[] =>
        sorted(
          Array.from(
            text.matchAll(/^export (?:class|const|function) (\w+)/gm),
            ([, exported = ""]) => exported,
          ),
        );
      expect(exportsIn(read(name, `${name}.js`))).toEqual(exportsIn(read(name, `${name}.d.ts`)));
    });

    it("is listed and preloaded by its manifest under its place in the tree, or that of what it replaces", () => {
      const manifest = JSON.parse(read(name, "manifest.json")) as {
        modules: Record<string, unknown>;
        preload: string[];
      };
      const replaced = replacements[name];
      const pattern = replaced ?? `hal/esp32/${name}/*`;
      expect(manifest.modules[pattern]).toBe(replaced === undefined ? "./*" : `./${name}`);
      expect(manifest.preload).toEqual([pattern]);
    });

    it("includes only manifests that are there, or the SDK's", () => {
      const { include = [] } = JSON.parse(read(name, "manifest.json")) as { include?: string[] };
      const missing = include.filter(
        (path) => !path.startsWith("$(") && !existsSync(join(folder, name, path)),
      );
      expect(missing).toEqual([]);
    });
  });
});

describe("the native modules' code", () => {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const bannedInC = [
    /\bnvs_/, // settings of ESP-IDF: nothing metrological goes there
    /\bprintf\b/, // there is nobody to read it
    /\bvTaskDelay\b/, // stops the event loop
    /\bportMAX_DELAY\b/, // may stop it for good
    /\b(strcpy|strcat|sprintf)\b/,
  ];

  it.each(bannedInC.map((pattern) => [pattern.source, pattern] as const))(
    "never uses %s in C",
    (_, pattern) => {
      const sources = names.filter((name) => /\.[ch]$/.test(name));
      expect(sources.length).toBeGreaterThan(20);
      expect(sources.filter((name) => pattern.test(withoutComments(read(name))))).toEqual([]);
    },
  );

  it("asks of a chip's sdkconfig only what the chips' data say", () => {
    const refusals = names
      .filter((name) => name.endsWith(".c"))
      .flatMap((name) => read(name).match(/^#error .+$/gm) ?? []);
    const asked = refusals.flatMap((line) => line.match(/CONFIG_\w+=\w+/g) ?? []);
    const listed = Object.values(chips).flatMap(({ configuration }) => configuration);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((line) => !listed.includes(line))).toEqual([]);
  });
});
