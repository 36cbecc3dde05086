import { readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { products } from "../../firmware/products/products.js";
import { moduleManifests, runtimeImports } from "../../manifests/generate/module-list.js";
import { boards } from "../../manifests/boards/boards.js";
import { projectFolder } from "../../sim/engines/build/project-folder.js";
import { chipBudget } from "../../sim/engines/rv32/budget.js";
import { followManifests, readManifest } from "./manifest-tree.js";

const root = projectFolder();
const builds = boards.flatMap(({ name: board, platform }) =>
  products.map(({ name: product }) => ({
    board,
    product,
    build: followManifests(`manifests/${product}.json`, platform),
  })),
);

const moduleLists = moduleManifests(root);

describe("the lists of modules", () => {
  it.each([...moduleLists])("%s is what `npm run manifests` makes of the imports", (path, expected) => {
    expect(readManifest(path)).toEqual(expected);
  });
});

describe("every manifest of the project", () => {
  const paths = ["manifests", "hal"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"))
      .map((name) => posix.join(folder, name)),
  );

  it.each(paths)("%s is read for some board and product", (path) => {
    expect(() => readManifest(path)).not.toThrow();
    expect(builds.some(({ build }) => build.manifests.includes(path))).toBe(true);
  });
});

describe.each(builds)("the manifests of a $product meter on $board", ({ board, product, build }) => {
  it("lead to files and folders that are there", () => {
    expect(build.missing).toEqual([]);
  });

  it("give no name to two modules", () => {
    expect(build.clashes).toEqual([]);
  });

  it("hold each module that the application reaches once, and preload each once", () => {
    const isOurs = (name: string): boolean => /^(firmware|drivers|hal\/base)\//.test(name);
    const listed = build.manifests.flatMap((path) => moduleLists.get(path)?.preload ?? []);
    const modules = [...listed, "hal/base/bytes"].filter(isOurs).sort();
    expect([...build.sources.keys()].filter(isOurs).sort()).toEqual(modules);
    expect(build.preloads.filter(isOurs).sort()).toEqual(modules);
  });

  it("preload every other module too", () => {
    expect([...build.preloads].sort()).toEqual([...build.sources.keys()].sort());
  });

  it("hold every module that one of theirs imports", () => {
    const lost = [...build.sources].flatMap(([name, source]) =>
      runtimeImports(join(root, source))
        .filter((specifier) => specifier.startsWith("."))
        .map((specifier) => posix.join(posix.dirname(name), specifier).replace(/\.js$/, ""))
        .filter((target) => !build.sources.has(target))
        .map((target) => `${name} imports ${target}`),
    );
    expect(lost).toEqual([]);
  });

  it("choose the board's wiring and the product", () => {
    expect(build.sources.get("manifests/provider")).toBe(`manifests/boards/${board}/provider.ts`);
    expect(build.sources.get("manifests/product")).toBe(`manifests/product-${product}.ts`);
  });
});

describe("the XS machine", () => {
  const slotByteLength = 16;
  const { creation } = readManifest("manifests/base.json");
  const { chunk, heap, stack, keys } = creation as Record<
    "chunk" | "heap" | "keys",
    Record<string, number>
  > & {
    readonly stack: number;
  };

  it("begins with all the memory it gets, 64 KiB of slots, chunks and stack", () => {
    const byteLength = (chunk["initial"] ?? 0) + ((heap["initial"] ?? 0) + stack) * slotByteLength;
    expect(byteLength).toBeLessThanOrEqual(64 * 1024);
    expect(creation?.["static"]).toBe(0);
  });

  it("is the one in which every scenario of the tests runs", () => {
    const { slots, chunkBytes, stackSlots } = chipBudget;
    expect([heap["initial"], chunk["initial"], stack]).toEqual([slots, chunkBytes, stackSlots]);
  });

  it("never grows", () => {
    expect([chunk["incremental"], heap["incremental"], keys["incremental"]]).toEqual([0, 0, 0]);
  });

  it("starts a module that the manifests hold", () => {
    expect(builds.every(({ build }) => build.sources.has(String(creation?.["main"])))).toBe(true);
  });
});
