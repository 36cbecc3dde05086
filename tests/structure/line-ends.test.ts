import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

/** Scripts that the system starts by their first line, and sources whose bytes are counted. */
const names = [".ci/run", "bin/tally.js", "firmware/legal/metering.ts", "hal/core/pulse-decoder.md"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tally-clone-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function git(...words: readonly string[]): void {
  const known = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=true"];
  execFileSync("git", [...known, ...words], { cwd: folder, stdio: "pipe" });
}

describe("a clone where git writes the line ends of another system", () => {
  it("has those of this repository", () => {
    git("init", "--quiet", "origin");
    for (const name of [".gitattributes", ...names]) {
      const path = join(folder, "origin", name);
      mkdirSync(dirname(path), { recursive: true });
      copyFileSync(name, path);
    }
    git("-C", "origin", "add", "--all");
    git("-C", "origin", "commit", "--quiet", "--message", "all");
    git("clone", "--quiet", "origin", "clone");
    const changed = names.filter((name) => readFileSync(join(folder, "clone", name)).includes("\r"));
    expect(changed).toEqual([]);
  });
});
