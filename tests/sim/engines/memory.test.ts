import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

describe("the memory functions of the RV32 image", () => {
  it("do what the C library's do, at every alignment, overlapping or not", () => {
    const folder = mkdtempSync(join(tmpdir(), "tally-memory-"));
    const names = { memcpy: "ownCopy", memmove: "ownMove", memset: "ownFill" };
    const renamed = Object.entries(names).map(([name, own]) => `-D${name}=${own}`);
    const compile = (...options: string[]) => execFileSync(process.env["CC"] ?? "cc", ["-O2", ...options]);
    try {
      const [functions, harness] = [join(folder, "memory.o"), join(folder, "harness")];
      compile(...renamed, "-c", "sim/engines/rv32/bare/memory.c", "-o", functions);
      compile("tests/sim/engines/memory-harness.c", functions, "-o", harness);
      expect(execFileSync(harness, { encoding: "utf8" })).toBe("");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
