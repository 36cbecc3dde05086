import { execFile } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { projectFolder } from "../../sim/engines/build/project-folder.js";
import { SmallProject } from "./small-project.js";

interface Ended {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

let project: SmallProject;
beforeEach(() => {
  project = new SmallProject();
  // The compiler is loaded from the project's own packages.
  const compiler = join("node_modules", "typescript");
  for (const part of ["package.json", join("lib", "typescript.js")])
    cpSync(join(projectFolder(), compiler, part), join(project.folder, compiler, part));
});
afterEach(() => {
  project.remove();
});

function run(program: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: project.folder, env: { ...process.env, NODE_OPTIONS: "", ...environment } };
    const child = execFile(program, words, options, (_error, output, errors) => {
      resolve({ exitCode: child.exitCode ?? -1, output, errors });
    });
  });
}

const tally = (...words: string[]): Promise<Ended> =>
  run(process.execPath, ["bin/tally.js", ...words], { MODDABLE: "", IDF_PATH: "" });

describe("the launcher", () => {
  it("compiles before the first run, says so, and is silent the next time", async () => {
    expect(await tally("sim")).toEqual({
      exitCode: 0,
      output: "7 sim\n",
      errors: "compiling Tally, once only\n",
    });
    expect(await tally("sim")).toEqual({ exitCode: 0, output: "7 sim\n", errors: "" });
  });

  it("never runs an old build", async () => {
    await tally();
    project.write("hal/seal.ts", "export const seal = 8;\n");
    expect(await tally()).toEqual({ exitCode: 0, output: "8\n", errors: "compiling what has changed\n" });
  });

  it("never runs what is not as it was compiled", async () => {
    await tally();
    project.write("dist/command/tally.js", "");
    expect(await tally()).toEqual({ exitCode: 0, output: "7\n", errors: "compiling what has changed\n" });
  });

  it("says in one line that packages are missing", async () => {
    project.describe({ commander: "^14.0.3" });
    const { exitCode, output, errors } = await tally("sim");
    expect([exitCode, output]).toEqual([2, ""]);
    expect(errors).toBe(
      `error: not all packages that Tally needs are installed: run \`npm ci\` in ${project.folder}\n`,
    );
  });

  it("says in one line where a source can't be compiled, and runs nothing", async () => {
    project.write("hal/seal.ts", "export const = 8;\n");
    const { exitCode, output, errors } = await tally("sim");
    expect([exitCode, output]).toEqual([2, ""]);
    expect(errors.split("\n").at(-2)).toMatch(/^error: hal\/seal\.ts, line 1: /);
  });

  it("says in one line that dist can't be written", async () => {
    project.write("dist", "");
    const { exitCode, errors } = await tally("sim");
    expect(exitCode).toBe(2);
    expect(errors.split("\n").at(-2)).toMatch(/^error: E\w+: .*dist/);
  });

  it("looks for the SDK before it compiles anything to flash", async () => {
    const { exitCode, errors } = await tally("flash", "--board", "esp32c6", "--product", "water");
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/^error: MODDABLE is not set.*IDF_PATH is not set.*\n$/);
    expect(project.has("dist")).toBe(false);
  });

  it("looks for the SDK alone before it compiles anything to link an image", async () => {
    const { exitCode, errors } = await tally("image", "--board", "esp32c6", "--product", "water");
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/^error: MODDABLE is not set[^;]*;[^;]*\n$/);
    expect(project.has("dist")).toBe(false);
  });

  it("needs no SDK to show an image", async () => {
    expect(await tally("image", "show", "a.bin")).toMatchObject({
      exitCode: 0,
      output: "7 image show a.bin\n",
    });
  });

  it.each(["--help", "--dry-run"])("needs no SDK for tally flash %s", async (option) => {
    expect(await tally("flash", option)).toMatchObject({ exitCode: 0, output: `7 flash ${option}\n` });
  });

  it("is what npx runs before and after the first build", async () => {
    const cache = join(project.folder, "cache");
    mkdirSync(cache);
    const npx = (): Promise<Ended> => run("npx", ["tally", "sim"], { npm_config_cache: cache });
    expect(await npx()).toMatchObject({ exitCode: 0, output: "7 sim\n" });
    expect(await npx()).toMatchObject({ exitCode: 0, output: "7 sim\n" });
  });
});

describe("npm run build", () => {
  it("compiles and runs nothing", async () => {
    const ended = await run(process.execPath, ["bin/build.js"]);
    expect(ended).toEqual({ exitCode: 0, output: "", errors: "compiling Tally, once only\n" });
    expect(project.has("dist/command/tally.js")).toBe(true);
  });
});
