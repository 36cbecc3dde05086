/** The head-end is an independent witness: nothing of the firmware's codecs comes into it, by an import or another way. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { copiesIn } from "./copies.js";
import { foreignNamesIn } from "./foreign-names.js";
import { importsIn } from "./imports.js";
import { filesUnder, findingText, productFiles, projectFiles, type SourceFiles } from "./source-files.js";

const files = projectFiles();
const headEnd = filesUnder(files, "sim/head-end");

/** Codecs that others have written, with the bytes that they are given, and dates. */
const own = { globals: ["Buffer", "Date"], globalProperties: [], modules: ["cbor-x", "coap-packet"] };

describe("the head-end", () => {
  it("uses its own codecs, two packages, and nothing else of the place that it runs in", () => {
    expect(headEnd.size).toBeGreaterThan(8);
    expect(foreignNamesIn(headEnd, own).map(findingText)).toEqual([]);
  });

  it.each([
    ["a module that loads others", 'import { createRequire } from "node:module";'],
    ["code of text", 'import { runInThisContext } from "node:vm";'],
    ["a worker", 'import { Worker } from "node:worker_threads";'],
    ["a file's text", 'import { readFileSync } from "node:fs";'],
    ["where it stands", "const here = import.meta.url;"],
    ["a module by joined texts", 'await import("../../firmware/wire/" + "cbor/decoder.js");'],
    ["an alias", 'import * as codec from "#sim/kernel/trace.js";'],
    ["a path from the root", 'import * as codec from "/tally/firmware/wire/cbor/decoder.js";'],
    ["the host's modules", 'process.getBuiltinModule("module");'],
  ])("is found where it takes %s", (_, text) => {
    expect(foreignNamesIn(new Map([["sim/head-end/leak.ts", text]]), own)).toHaveLength(1);
  });

  it("has no stretch of the firmware's codecs", () => {
    expect(copiesIn(headEnd, codecs())).toEqual([]);
  });
});

describe("the models of parts", () => {
  it("have no stretch of the drivers that they are to test", () => {
    expect(copiesIn(filesUnder(files, "sim/world"), filesUnder(files, "drivers"))).toEqual([]);
  });
});

function codecs(): SourceFiles {
  const found = filesUnder(files, "firmware/wire", "firmware/contracts", "firmware/uplink");
  expect(found.size).toBeGreaterThan(15);
  return found;
}

describe("the check of copies", () => {
  const original = [...codecs()].find(([path]) => path.endsWith("half-float.ts")) ?? ["", ""];
  const originals = new Map([original]);

  it("finds one with other names, other comments and other lines", () => {
    const text = original[1]
      .replace(/magnitude/g, "size")
      .replace(/\/\*\*[^]*?\*\//g, "")
      .replace(/\n+/g, "\n\n// why\n");
    expect(copiesIn(new Map([["sim/head-end/leak.ts", text]]), originals)).not.toEqual([]);
  });

  it("lets be what is alike in a few words", () => {
    const text =
      "export function half(bits: number): number { const sign = bits & 0x8000 ? -1 : 1; return sign; }";
    expect(copiesIn(new Map([["sim/head-end/own.ts", text]]), originals)).toEqual([]);
  });
});

describe("the project's modules", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, unknown>;
  const dependencies = { ...(manifest.dependencies as object), ...(manifest.devDependencies as object) };

  const imports = importsIn(productFiles(files));

  it("are packages of package.json, the host's, or the chip's", () => {
    const chip = ["crypt", "mc/config"];
    const listed = (name: string): boolean =>
      Object.keys(dependencies).some((each) => name === each || name.startsWith(`${each}/`));
    const strange = imports.filter(
      ({ kind, to }) => kind === "package" && !to.startsWith("node:") && !chip.includes(to) && !listed(to),
    );
    expect(strange.map(({ from, to }) => `${from}: ${to}`)).toEqual([]);
  });

  it.each([
    ["node:module", ["jig/records/addon.ts", "sim/engines/build/engine-sources.ts"]],
    ["node:vm", []],
    [
      "node:worker_threads",
      [
        "sim/chaos/crew-worker.ts",
        "sim/chaos/crew.ts",
        "sim/proof/proof-pool.ts",
        "sim/proof/proof-worker.ts",
      ],
    ],
  ])("are loaded by %s where there is no other way", (name, users) => {
    const found = imports.filter(({ to }) => to === name).map(({ from }) => from);
    expect([...new Set(found)].sort()).toEqual(users);
  });

  it("have no alias but for the launcher's folder, and no name from outside", () => {
    expect(manifest.imports).toEqual({ "#bin/*": "./bin/*" });
    expect(Object.keys(manifest)).not.toContain("exports");
    expect(
      Object.values(dependencies).filter((version) => /^(file|link|workspace|portal):/.test(String(version))),
    ).toEqual([]);
    const { compilerOptions } = JSON.parse(readFileSync("tsconfig.json", "utf8")) as {
      compilerOptions: Record<string, unknown>;
    };
    for (const option of ["paths", "baseUrl", "rootDirs"])
      expect(Object.keys(compilerOptions)).not.toContain(option);
  });
});
