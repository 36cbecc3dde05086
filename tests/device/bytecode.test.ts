import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readBytecode } from "../../sim/engines/rv32/bytecode.js";

function module(name: string, symbols: readonly string[], code: readonly number[]): Buffer {
  const names = Buffer.from(symbols.map((symbol) => `${symbol}\0`).join(""));
  const lengths = Buffer.alloc(12);
  lengths.writeUInt32LE(name.length + 1, 0);
  lengths.writeUInt32LE(2 + names.length, 4);
  lengths.writeUInt32LE(code.length, 8);
  const count = Buffer.from([symbols.length + 1, 0]);
  return Buffer.concat([lengths, Buffer.from(`${name}\0`), count, names, Buffer.from(code)]);
}

describe("the size of bytecode", () => {
  it("is that of all code, and of each name once", () => {
    const folder = mkdtempSync(join(tmpdir(), "tally-bytecode-"));
    const path = join(folder, "modules.bin");
    try {
      writeFileSync(
        path,
        Buffer.concat([module("a.js", ["x", "long"], [1, 2, 3]), module("b.js", ["x"], [4])]),
      );
      expect(readBytecode(path)).toEqual({ codeBytes: 4, symbolBytes: 7 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
