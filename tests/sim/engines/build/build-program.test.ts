import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  buildFolder,
  buildProgram,
  compilerIdentity,
  type Program,
} from "../../../../sim/engines/build/build-program.js";

let folder: string;
let program: Program;
let path: string | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tally-build-"));
  path = undefined;
  mkdirSync(join(folder, "c"));
  writeFileSync(join(folder, "c", "main.c"), "int main(void) { return 0; }\n");
  program = {
    name: "tally-tried",
    title: "the program",
    toolchain: { ...compilerFor("x86_64"), flags: [], compileFlags: [], linkFlags: [] },
    folders: [join(folder, "c")],
    linked: [],
  };
});
afterEach(() => {
  if (path !== undefined) rmSync(dirname(path), { recursive: true });
  const names = existsSync(join(folder, "names")) ? readFileSync(join(folder, "names"), "utf8") : "";
  for (const name of names.split("\n").filter((each) => each.endsWith(".o")))
    for (const file of [name, `${name}.sha256`]) rmSync(join(buildFolder("objects"), file), { force: true });
  rmSync(folder, { recursive: true });
});

/** A compiler that says what it compiles for, and makes files that it writes its own words into. */
function compilerFor(machine: string): { readonly compiler: string; readonly remedy: string } {
  const compiler = join(folder, `cc-${machine}`);
  const lines = [
    "#!/bin/sh",
    'case "$1" in',
    "--version) echo cc 1.0; exit ;;",
    `-dumpmachine) echo ${machine}; exit ;;`,
    "esac",
    'for word; do last="$word"; done',
    `basename "$last" >>${folder}/names`,
    'echo "made" >"$last"; chmod +x "$last"',
  ];
  writeFileSync(compiler, `${lines.join("\n")}\n`, { mode: 0o700 });
  return { compiler, remedy: "install one" };
}

describe("a compiler", () => {
  it("is another one for another machine", async () => {
    const [one, other] = await Promise.all(
      ["x86_64", "aarch64"].map((name) => compilerIdentity(compilerFor(name))),
    );
    expect(one).not.toEqual(other);
  });
});

describe("a program", () => {
  it("is made anew when what was kept of it is damaged", async () => {
    path = await buildProgram(program);
    truncateSync(path, 0);
    expect(await buildProgram(program)).toBe(path);
    expect(readFileSync(path, "utf8")).toBe("made\n");
  });

  it("is made of nothing that an editor hides among its sources", async () => {
    symlinkSync("somebody@somewhere.1:2", join(folder, "c", ".#main.c"));
    symlinkSync("somebody@somewhere.1:2", join(folder, "c", ".#main.h"));
    path = await buildProgram(program);
    expect(existsSync(path)).toBe(true);
  });
});
