import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { compile, isUpToDate, planOf } from "../../bin/compile.js";
import { projectFolder } from "../../sim/engines/build/project-folder.js";
import { describeWith, type Need } from "../setup/needs.js";
import { SmallProject } from "./small-project.js";

let project: SmallProject;
beforeEach(() => {
  project = new SmallProject();
});
afterEach(() => {
  project.remove();
});

const build = (): Promise<void> => compile(project.folder, planOf(project.folder));
const staleNames = (): string[] => planOf(project.folder).stale.map(({ name }) => name);

describe("a build", () => {
  it("compiles all that there is the first time, and nothing the second", async () => {
    expect(staleNames()).toEqual(["hal/seal.ts", "command/tally.ts"]);
    await build();
    expect(project.read("dist/hal/seal.js")).toBe("export const seal = 7;\n");
    expect(isUpToDate(planOf(project.folder))).toBe(true);
  });

  it("compiles only what has changed", async () => {
    await build();
    const before = statSync(join(project.folder, "dist/command/tally.js")).mtimeMs;
    project.write("hal/seal.ts", "export const seal: number = 8;\n");
    expect(staleNames()).toEqual(["hal/seal.ts"]);
    await build();
    expect(project.read("dist/hal/seal.js")).toBe("export const seal = 8;\n");
    expect(statSync(join(project.folder, "dist/command/tally.js")).mtimeMs).toBe(before);
  });

  it("notices a change to a text of the same length and an earlier date", async () => {
    await build();
    project.write("hal/seal.ts", "export const seal: number = 9;\n");
    utimesSync(join(project.folder, "hal/seal.ts"), 0, 0);
    expect(staleNames()).toEqual(["hal/seal.ts"]);
  });

  it("leaves nothing of a source that is gone", async () => {
    project.write("firmware/legal/old.ts", "export {};\n");
    await build();
    project.delete("firmware/legal/old.ts");
    expect(isUpToDate(planOf(project.folder))).toBe(false);
    await build();
    expect(project.has("dist/firmware/legal/old.js")).toBe(false);
    expect(isUpToDate(planOf(project.folder))).toBe(true);
  });

  it("makes again what is missing in dist", async () => {
    await build();
    project.delete("dist/hal/seal.js");
    await build();
    expect(project.has("dist/hal/seal.js")).toBe(true);
  });

  it.each(["", "export const seal = 8;\n"])("makes again what has become %j in dist", async (text) => {
    await build();
    project.write("dist/hal/seal.js", text);
    expect(staleNames()).toEqual(["hal/seal.ts"]);
    await build();
    expect(project.read("dist/hal/seal.js")).toBe("export const seal = 7;\n");
    expect(isUpToDate(planOf(project.folder))).toBe(true);
  });

  it("knows dist again where only its dates are others, as in a copy", async () => {
    await build();
    utimesSync(join(project.folder, "dist/hal/seal.js"), 0, 0);
    expect(isUpToDate(planOf(project.folder))).toBe(true);
  });

  it.each(["{", "null", "7", '{ "hal/seal.ts": null }', '{ "hal/seal.ts": "2f1a" }'])(
    "makes all again when the record of what dist was made from is %s",
    async (record) => {
      await build();
      project.write("build/compiled.json", record);
      expect(staleNames()).toHaveLength(2);
    },
  );

  it("minds no other that removes the same at the same time", async () => {
    await build();
    project.write("dist/old.js", "");
    const plan = planOf(project.folder);
    project.delete("dist/old.js");
    await compile(project.folder, plan);
    expect(isUpToDate(planOf(project.folder))).toBe(true);
  });

  it("makes all again with other options of the compiler", async () => {
    await build();
    project.write("tsconfig.json", project.read("tsconfig.json").replace("ES2022", "ES2021"));
    expect(staleNames()).toHaveLength(2);
  });

  it("names a mistake by file and line each time, and compiles the rest", async () => {
    project.write("hal/seal.ts", "export const seal = 7;\nexport const = 8;\n");
    await expect(build()).rejects.toThrow(/^hal\/seal\.ts, line 2: .*expected\.$/);
    expect(project.has("dist/command/tally.js")).toBe(true);
    expect(staleNames()).toEqual(["hal/seal.ts"]);
    await expect(build()).rejects.toThrow(/^hal\/seal\.ts, line 2/);
  });
});

const memoryFolder = "/dev/shm";
const needsSecondDisk: Need = {
  missing:
    existsSync(memoryFolder) && statSync(memoryFolder).dev !== statSync(tmpdir()).dev
      ? undefined
      : `${memoryFolder} is not there, or no file system of its own`,
  isInstalledByCi: false,
};

describeWith(needsSecondDisk, "a build whose dist lies on another disk", () => {
  let elsewhere: string;
  beforeEach(() => {
    elsewhere = mkdtempSync(join(memoryFolder, "tally-dist-"));
    symlinkSync(elsewhere, join(project.folder, "dist"));
  });
  afterEach(() => {
    rmSync(elsewhere, { recursive: true });
  });

  it("puts there what it compiles, and nothing else", async () => {
    await build();
    expect(readFileSync(join(elsewhere, "hal/seal.js"), "utf8")).toBe("export const seal = 7;\n");
    expect(isUpToDate(planOf(project.folder))).toBe(true);
  });
});

describe("this project's build", () => {
  it("compiles everything that a compiled file imports", () => {
    const { sources: all } = planOf(projectFolder());
    const names = new Set(all.map(({ name }) => name));
    // Of what stands there, what takes native modules runs on the chip only, where the SDK compiles it.
    const sources = all.filter(({ name }) => !name.startsWith("manifests/"));
    const missing = sources.flatMap(({ name }) => {
      const compiled = readFileSync(join(projectFolder(), "dist", name.replace(/\.ts$/, ".js")), "utf8");
      const imported = [...compiled.matchAll(/(?:from|import) "(\.[^"]+)\.js"/g)].map(
        ([, path]) => path ?? "",
      );
      return imported
        .map((path) => `${posix.join(posix.dirname(name), path)}.ts`)
        .filter((path) => !names.has(path))
        .map((path) => `${name} imports ${path}`);
    });
    expect(missing).toEqual([]);
  });
});
